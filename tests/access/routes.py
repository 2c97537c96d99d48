"""Every address of the site, as the URL resolver knows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.urls.resolvers import RoutePattern
from django.utils.regex_helper import normalize

# What stands in for a parameter when only the door matters, not what is behind it.
FILLERS = ("1", "a", "00000000-0000-4000-8000-000000000000", "admin", "1/1/1")


@dataclass(frozen=True)
class Route:
    """One URL pattern: the whole route as it is written, and a path that leads to it."""

    text: str
    path: str


def all_routes() -> list[Route]:
    """Every pattern of the project, those of libraries included."""
    return [Route(text, path) for text, path in _walk(get_resolver().url_patterns, "", [""])]


def _walk(patterns: list[Any], text: str, paths: list[str]) -> Iterator[tuple[str, str]]:
    for each in patterns:
        whole = text + _text(each)
        longer = [path + part for path in paths for part in _parts(each)]
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, whole, longer)
        else:
            yield whole, _leading_to(each, longer)


def _text(each: URLPattern | URLResolver) -> str:
    return str(each.pattern).removeprefix("^")


def _parts(each: URLPattern | URLResolver) -> list[str]:
    """The path segments that this pattern may match, each of its parameters filled."""
    pattern = each.pattern
    if isinstance(pattern, RoutePattern):
        text, names = str(pattern), [str(name) for name in pattern.converters]
        return [_filled(text, names, filler) for filler in FILLERS]
    found = normalize(pattern.regex.pattern)
    return [form % dict.fromkeys(names, filler) for form, names in found for filler in FILLERS]


def _filled(text: str, names: list[str], filler: str) -> str:
    for name in names:
        start = text.index(name + ">")
        opening = text.rindex("<", 0, start)
        text = text[:opening] + filler + text[start + len(name) + 1 :]
    return text


def _leading_to(each: URLPattern, paths: list[str]) -> str:
    """The first of the paths that resolves to this very pattern; one that another pattern covers, else."""
    for path in paths:
        try:
            if resolve("/" + path).func is each.callback:
                return "/" + path
        except Resolver404:
            continue
    return "/" + paths[0]
