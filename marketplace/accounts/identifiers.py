"""What people type to name themselves: a phone number, an e-mail address or a user name."""

import re
import unicodedata

# A user name must never be mistaken for a phone number (digits, + and -) or an e-mail address (has an @).
USERNAME_PATTERN = r"^(?![+\d-]+$)[^@\s]+$"
PHONE_PATTERN = r"^1[3-9]\d{9}$"
LANDLINE_PATTERN = r"0\d{9,11}(转?\d{1,6})?"

_COUNTRY_CODE = re.compile(r"^(\+86|0086|86(?=\d{11}$))")


def normalise_phone(text: str) -> str:
    """The number as it is stored: "+86 138-0013 8000" and "１３８００１３８０００" → "13800138000"."""
    compact = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text))
    return _COUNTRY_CODE.sub("", compact)


def normalise_email(text: str) -> str:
    """The address as it is stored: in lower case, without spaces around it."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def is_phone(text: str) -> bool:
    """Whether this is a mobile phone number as it is stored."""
    return re.fullmatch(PHONE_PATTERN, text, re.ASCII) is not None


def is_contact_phone(text: str) -> bool:
    """Whether somebody can be called there: a mobile number, or a landline with its area code."""
    return is_phone(text) or re.fullmatch(LANDLINE_PATTERN, text, re.ASCII) is not None
