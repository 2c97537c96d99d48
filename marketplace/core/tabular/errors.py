"""What is wrong with a table, in words for the person who made it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class RowError:
    """One mistake. `row` counts as a spreadsheet does, the header being row 1; None is the whole file."""

    message: str
    remedy: str
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        return f"{self._place()}{self.message} {self.remedy}"

    def _place(self) -> str:
        if self.row is None:
            return ""
        if not self.column:
            return gettext("row %(row)d: ") % {"row": self.row}
        return gettext("row %(row)d, column %(column)s: ") % {"row": self.row, "column": self.column}


class TableError(Exception):
    """A file with mistakes: nothing of it was taken. `errors` holds them in the order of the rows."""

    def __init__(self, file: str, errors: Sequence[RowError]) -> None:
        super().__init__(file, errors)
        self.file = file
        self.errors = tuple(errors)

    def __str__(self) -> str:
        lines = [f"{self.file}: {error}" for error in self.errors[:SHOWN]]
        hidden = len(self.errors) - SHOWN
        if hidden > 0:
            more = ngettext("… and %(count)d more mistake.", "… and %(count)d more mistakes.", hidden)
            lines.append(more % {"count": hidden})
        return "\n".join([*lines, gettext("Nothing was imported.")])
