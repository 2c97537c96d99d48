"""What a cell may hold: parsers for columns, each with its own words when it refuses."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import TypeVar

from django.utils.translation import gettext

Value = TypeVar("Value")


class CellError(Exception):
    """A cell that cannot be read: what is wrong, and what to write instead."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy


def text(max_length: int) -> Callable[[str], str]:
    """A parser for text of at most so many characters."""

    def parse(cell: str) -> str:
        if len(cell) > max_length:
            raise CellError(
                gettext("The text has %(length)d characters.") % {"length": len(cell)},
                gettext("Shorten it to %(maximum)d.") % {"maximum": max_length},
            )
        return cell

    return parse


def digits(*lengths: int) -> Callable[[str], str]:
    """A parser for codes of exactly so many digits; full-width digits are taken for what they mean."""
    allowed = re.compile("|".join(rf"\d{{{length}}}" for length in lengths), re.ASCII)

    def parse(cell: str) -> str:
        if allowed.fullmatch(cell):
            return cell
        code = unicodedata.normalize("NFKC", cell)
        if allowed.fullmatch(code):
            return code
        raise CellError(
            gettext("“%(cell)s” is not a code.") % {"cell": cell},
            gettext("Write it with %(lengths)s digits, in a column that the spreadsheet treats as text.")
            % {"lengths": "/".join(map(str, lengths))},
        )

    return parse


def day(cell: str) -> dt.date:
    """A day, written 2020-03-31."""
    try:
        return dt.date.fromisoformat(cell)
    except ValueError:
        raise CellError(
            gettext("“%(cell)s” is not a day.") % {"cell": cell},
            gettext("Write year, month and day like 2020-03-31."),
        ) from None


def whole_number(cell: str) -> int:
    """A whole number that is not negative."""
    if re.fullmatch(r"\d{1,18}", cell, re.ASCII):
        return int(cell)
    raise CellError(
        gettext("“%(cell)s” is not a whole number.") % {"cell": cell}, gettext("Write digits only.")
    )


def choice(values: Mapping[str, Value]) -> Callable[[str], Value]:
    """A parser for one of a few words, each with what it stands for."""

    def parse(cell: str) -> Value:
        try:
            return values[cell]
        except KeyError:
            raise CellError(
                gettext("“%(cell)s” is not known here.") % {"cell": cell},
                gettext("Write one of: %(words)s.") % {"words": ", ".join(values)},
            ) from None

    return parse
