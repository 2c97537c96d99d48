"""Pages fetched through the whole of Django, in this process."""

from collections.abc import Mapping

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


def look(pages: Mapping[str, str], buyer: Client, step: Step) -> None:
    """Each page, by kind, as a stranger and as somebody with lines in the basket."""
    for visitor, client in {"": Client(), f", {IN_THE_BASKET} lines in the basket": buyer}.items():
        for kind, path in pages.items():
            with step(f"{kind}{visitor}"):
                get(client, path)
