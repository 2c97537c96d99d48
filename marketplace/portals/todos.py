"""What somebody has to do, as components/todo.html shows it: the first of each kind, and where others are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Count, Model, QuerySet, Window
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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


@dataclass(frozen=True, slots=True)
class Rest:
    """What the others of a kind are called, and the list in which they are."""

    title: str
    url: str


def first_of(waiting: QuerySet[Thing], todo_of: Callable[[Thing], Todo], rest: Rest) -> list[Todo]:
    """The first SHOWN of what waits; where there is more, how much and where; one query."""
    first = list(waiting.annotate(waiting_in_all=Window(Count("*")))[:SHOWN])
    todos = [todo_of(each) for each in first]
    more = first[0].waiting_in_all - SHOWN if first else 0  # type: ignore[attr-defined]
    return [*todos, _the_rest(more, rest)] if more > 0 else todos


def _the_rest(count: int, rest: Rest) -> Todo:
    due = ngettext("%(count)d more", "%(count)d more", count) % {"count": count}
    return Todo(url=rest.url, due=due, title=rest.title, text="", action=_("See all"))
