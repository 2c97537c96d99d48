"""What can go wrong with an account."""

from dataclasses import dataclass


class AccountError(Exception):
    """An account cannot be made or changed as asked."""


@dataclass
class IdentifierTakenError(AccountError):
    """Another user has this phone number, e-mail address or user name; `field` says which of them."""

    field: str


class NoIdentifierError(AccountError):
    """Neither a phone number nor an e-mail address was given."""


class WrongPasswordError(AccountError):
    """The present password was not the one given."""


class LinkNotUsableError(AccountError):
    """The password link was used, revoked, replaced or has expired, or its user is inactive."""
