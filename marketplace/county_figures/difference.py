"""What a check of the figures finds: two sources that disagree."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

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
