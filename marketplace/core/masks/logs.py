"""The net below the rule that logs hold no personal data: libraries quote what they were given."""

import re

from structlog.typing import EventDict, WrappedLogger

# Not inside longer numbers and identifiers, which are none of these.
IDENTITY_NUMBER = re.compile(r"(?<![0-9A-Za-z])(\d{6})\d{8}(\d{3}[0-9Xx])(?![0-9A-Za-z])")
PHONE = re.compile(r"(?<![0-9A-Za-z])(1[3-9]\d)\d{4}(\d{4})(?![0-9A-Za-z])")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
# PostgreSQL quotes the row that a constraint refused: up to the end of its line, real or escaped in JSON.
DATABASE_DETAIL = re.compile(r"DETAIL: .*?(?=\\n|\n|\"|$)")


def masked(_logger: WrappedLogger, _method: str, line: str | EventDict) -> str:
    """The rendered line with phone numbers, e-mails, identity numbers and refused rows hidden."""
    text = str(line)
    text = DATABASE_DETAIL.sub("DETAIL: withheld", text)
    text = IDENTITY_NUMBER.sub(r"\1********\2", text)
    text = PHONE.sub(r"\1****\2", text)
    return EMAIL.sub("***@***", text)
