"""What went wrong, as problem+json (RFC 9457) in the caller's language, with the field that it is about."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import BaseModel

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: gettext_lazy("The request cannot be read"),
    401: gettext_lazy("No valid token"),
    403: gettext_lazy("Not allowed"),
    404: gettext_lazy("Not found"),
    405: gettext_lazy("This method is not possible here"),
    409: gettext_lazy("This is not possible now"),
    413: gettext_lazy("The body is too large"),
    422: gettext_lazy("Some fields are not right"),
    429: gettext_lazy("Too many requests"),
    503: gettext_lazy("Not possible for a moment"),
}


class FieldProblem(BaseModel):
    """What is wrong with one field; `field` is its path, such as lines.0.quantity."""

    field: str
    detail: str


class Problem(BaseModel):
    """An answer that says what went wrong. `code` never changes with the language."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldProblem] = []


@dataclass
class Refusal(Exception):
    """Ends a call with a problem; `errors` maps a field's path to what is wrong with it."""

    status: int
    code: str
    detail: str
    errors: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


def answer(refusal: Refusal) -> HttpResponse:
    """The refusal as an HTTP answer."""
    problem = Problem(
        title=str(TITLES[refusal.status]),
        status=refusal.status,
        code=refusal.code,
        detail=refusal.detail,
        errors=_errors(refusal.errors.items()),
    )
    content = json.dumps(problem.model_dump(), ensure_ascii=False)
    return HttpResponse(content, MEDIA_TYPE, refusal.status, headers=dict(refusal.headers))


def not_found() -> Refusal:
    """Neither what is not there nor what is somebody else's."""
    return Refusal(404, "not_found", _("There is nothing at this address, or it is not yours."))


def _errors(items: Iterable[tuple[str, str]]) -> list[FieldProblem]:
    return [FieldProblem(field=name, detail=detail) for name, detail in items]
