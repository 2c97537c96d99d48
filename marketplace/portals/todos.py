"""What somebody has to do, as components/todo.html shows it: the first of each kind, and where others are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Count, Model, QuerySet, Window
from django.utils.translation import gettext as _

Thing = TypeVar("Thing", bound=Model)

# Of each kind: the page is a beginning, not a list.
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do, or to know."""

    url: str
    due: str
    title: str
    text: str
    action: str
    tone: str = "waiting"


def first_of(
    waiting: QuerySet[Thing], todo_of: Callable[[Thing], Todo], *, others: str, url: str
) -> list[Todo]:
    """The first SHOWN of what waits; where there is more, how many `others` and their list; one query."""
    first = list(waiting.annotate(waiting_in_all=Window(Count("*")))[:SHOWN])
    todos = [todo_of(each) for each in first]
    more = first[0].waiting_in_all - SHOWN if first else 0  # type: ignore[attr-defined]
    if more > 0:
        due = _("%(count)d more") % {"count": more}
        todos.append(Todo(url=url, due=due, title=others, text="", action=_("See all")))
    return todos
