"""The values that fields hold: strict, within what the database can hold."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext_noop as _
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from marketplace.accounts.identifiers import is_contact_phone, normalise_phone

LARGEST_KEY = 2**63 - 1
MOST_FEN = 10**14
MOST_UNITS = 10_000_000
MOST_LINES = 200
LARGEST_PAGE = 100
PRINTABLE = r"^[^\x00-\x1f\x7f]*$"
DAY = re.compile(r"2\d{3}-\d{2}-\d{2}", re.ASCII)


def _day(value: Any) -> date:
    try:
        if isinstance(value, str) and DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise PydanticCustomError("day", "no day")


def _phone(text: str) -> str:
    phone = normalise_phone(text)
    if not is_contact_phone(phone):
        raise PydanticCustomError("phone", "no phone")
    return phone


Key = Annotated[int, Field(strict=True, ge=1, le=LARGEST_KEY)]
Fen = Annotated[int, Field(strict=True, ge=1, le=MOST_FEN)]
Units = Annotated[int, Field(strict=True, ge=1, le=MOST_UNITS)]
UnitsOrNone = Annotated[int, Field(strict=True, ge=0, le=MOST_UNITS)]
Day = Annotated[date, BeforeValidator(_day)]
# regions.codes.CODE_PATTERN, but \d would match the digits of every script here.
RegionCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}([0-9]{3}){0,2}$")]
Phone = Annotated[str, StringConstraints(max_length=20, pattern=PRINTABLE), AfterValidator(_phone)]
Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=PRINTABLE)
]
OptionalReason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=PRINTABLE)]
Text20 = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20, pattern=PRINTABLE)]
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50, pattern=PRINTABLE)
]
Number = Annotated[str, StringConstraints(pattern=r"^[0-9-]{1,30}$")]


class Input(BaseModel):
    """A body; a field that it does not know is refused, so that no typing error goes unnoticed."""

    model_config = ConfigDict(extra="forbid")


class Filters(BaseModel):
    """What narrows a list; a parameter that it does not know is refused, never left aside."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False)

    @model_validator(mode="before")
    @classmethod
    def _with_unknown(cls, data: Any, info: ValidationInfo) -> Any:
        # The library hands over the parameters that it knows; the others must not be lost.
        sent = (info.context or {})["request"].GET
        known = {field.alias or name for name, field in cls.model_fields.items()}
        return {**{name: sent[name] for name in sent if name not in known}, **data}


class PageFilters(Filters):
    """Which page of a list."""

    cursor: Annotated[str, Field(max_length=300)] = Field(
        "", description=_("next_cursor of the page before; empty for the first page.")
    )
    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = Field(20, description=_("How many at most."))

    @property
    def narrowing(self) -> dict[str, Any]:
        """All that narrows the list: what a cursor is bound to."""
        return self.model_dump(exclude={"cursor", "limit"})
