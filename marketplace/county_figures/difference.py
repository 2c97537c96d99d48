"""What a check of the figures finds: two sources that disagree."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db import connection

from marketplace.core.periods import Window


@dataclass(frozen=True)
class Difference:
    """Two sources that disagree: which check, about what, and what each of them says."""

    check: str
    subject: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.check}: {self.subject}: expected {self.expected}, found {self.found}"


Check: TypeAlias = Callable[[Window], Iterator[Difference]]


def rows(statement: str, values: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
    """The statement's rows, with each %(name)s of it replaced by the value of that name."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
