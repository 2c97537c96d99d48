"""Tokens of one-time links: the person has the token, the database only its hash."""

import hashlib
import secrets


def new_token() -> str:
    """128 random bits as 32 hexadecimal digits: short enough for a QR code that an old phone can read."""
    return secrets.token_hex(16)


def token_hash(token: str) -> str:
    """SHA-256 in hexadecimal; a random token needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
