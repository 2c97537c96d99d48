"""Pages fetched through the whole of Django, in this process."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.test import Client

from tests.benchmarks.measuring import IN_THE_BASKET, Step


def get(client: Client, path: str) -> str:
    """The page at this address.

    Raises:
        AssertionError: it is not there.
    """
    answer = client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return answer.content.decode()


@dataclass(frozen=True)
class Page:
    """An address, and what stands on its page so many times."""

    path: str
    mark: str
    times: int = 1


def look(pages: Mapping[str, Page], buyer: Client, step: Step) -> None:
    """Each page, by kind, as a stranger and as somebody with lines in the basket."""
    for visitor, client in {"": Client(), f", {IN_THE_BASKET} lines in the basket": buyer}.items():
        for kind, page in pages.items():
            with step(f"{kind}{visitor}"):
                shown = get(client, page.path)
            assert shown.count(page.mark) == page.times, f"{page.path}: {shown.count(page.mark)}"
