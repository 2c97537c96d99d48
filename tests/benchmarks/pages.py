"""Pages fetched through the whole of Django, in this process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.test import Client

from tests.benchmarks.load import Visit
from tests.benchmarks.measuring import IN_THE_BASKET, Step

# What the name of a step ends with where a stranger gets what another one got before.
KEPT = "from cache"
TOKEN = "a" * 32
POSTED = f"csrfmiddlewaretoken={TOKEN}"


def get(client: Client, path: str) -> str:
    """The page at this address.

    Raises:
        AssertionError: it is not there.
    """
    answer = client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return answer.content.decode()


def cookies_of(client: Client) -> str:
    """What the browser sends with each request, with a token for what it posts."""
    client.cookies["csrftoken"] = TOKEN
    return "; ".join(f"{name}={cookie.value}" for name, cookie in client.cookies.items())


def visits(pages: Mapping[str, Page], buyer: Client) -> dict[str, list[Visit]]:
    """The same pages looked at over HTTP by the same visitors."""
    cookies = {"": "", f", {IN_THE_BASKET} lines in the basket": cookies_of(buyer)}
    return {
        f"{kind}{visitor}": [Visit(page.path, cookie)]
        for visitor, cookie in cookies.items()
        for kind, page in pages.items()
    }


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


def look_again(pages: Mapping[str, Page], step: Step) -> None:
    """Each page as the stranger gets it who comes after another one."""
    for kind, page in pages.items():
        get(Client(), page.path)
        with step(f"{kind} {KEPT}"):
            get(Client(), page.path)
