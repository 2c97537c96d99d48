"""The net below the rule that logs hold no personal data: libraries quote what they were given."""

import re
from typing import Any

from structlog.typing import EventDict, WrappedLogger

# Not inside longer numbers and identifiers, which are none of these.
IDENTITY_NUMBER = re.compile(r"(?<![0-9A-Za-z])(\d{6})\d{8}(\d{3}[0-9Xx])(?![0-9A-Za-z])")
PHONE = re.compile(r"(?<![0-9A-Za-z])(1[3-9]\d)\d{4}(\d{4})(?![0-9A-Za-z])")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
# PostgreSQL quotes the row that a constraint refused.
DATABASE_DETAIL = re.compile(r"DETAIL: .*")


def masked(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """The line's values with phone numbers, e-mails, identity numbers and refused rows hidden."""
    return {key: _masked_value(value) for key, value in event.items()}


def _masked_value(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    return masked_text(value if isinstance(value, str) else repr(value))


def masked_text(text: str) -> str:
    """The text with what names a person hidden, as far as its form gives it away."""
    text = DATABASE_DETAIL.sub("DETAIL: withheld", text)
    text = IDENTITY_NUMBER.sub(r"\1********\2", text)
    text = PHONE.sub(r"\1****\2", text)
    return EMAIL.sub("***@***", text)
