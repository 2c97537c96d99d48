"""The API's own description as a page: the OpenAPI document in our design, without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.api.v1 import api


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A parameter or a field of a body: its path, where it goes, what it holds."""

    name: str
    place: str
    kind: str
    is_required: bool
    note: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer: its status, when it comes, the fields of what it holds."""

    status: str
    note: str
    fields: list[FieldRow]


@dataclass(frozen=True, slots=True)
class OperationRow:
    """One call."""

    key: str
    method: str
    path: str
    summary: str
    needs_token: bool
    fields: list[FieldRow]
    answers: list[AnswerRow]


@login_not_required
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Every call with its fields and answers, by subject."""
    return render(request, "api/docs.html", _described(get_language()))


@cache
def _described(_language: str | None) -> dict[str, Any]:
    """What the page shows, in the present language; it changes with the code only."""
    document = api.get_openapi_schema()
    groups: dict[str, list[OperationRow]] = {}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            row = _operation(document, path, method, operation)
            groups.setdefault(operation["tags"][0], []).append(row)
    return {"groups": groups, "info": document["info"]}


def _operation(document: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> OperationRow:
    places = {"query": _("query"), "path": _("address"), "header": _("header")}
    fields = [
        FieldRow(
            each["name"],
            places[each["in"]],
            _kind(document, each["schema"]),
            each["required"],
            each.get("description", ""),
        )
        for each in operation["parameters"]
    ]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    if body:
        fields += _fields(document, body, _("body"))
    return OperationRow(
        key=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        needs_token="security" in operation,
        fields=fields,
        answers=[_answer(document, *each) for each in operation["responses"].items()],
    )


def _answer(document: dict[str, Any], status: str, answer: dict[str, Any]) -> AnswerRow:
    schema = answer.get("content", {}).get("application/json", {}).get("schema")
    return AnswerRow(status, answer["description"], _fields(document, schema, "") if schema else [])


def _fields(document: dict[str, Any], schema: dict[str, Any], place: str) -> list[FieldRow]:
    return list(_walk(document, schema, place, ""))


def _walk(document: dict[str, Any], schema: dict[str, Any], place: str, above: str) -> Iterator[FieldRow]:
    """A row for each field of an object, those of objects inside it below it."""
    found = _resolved(document, schema)
    required = set(found.get("required", []))
    for name, each in found.get("properties", {}).items():
        yield FieldRow(
            above + name, place, _kind(document, each), name in required, each.get("description", "")
        )
        inner = _resolved(document, each)
        is_list = inner.get("type") == "array"
        yield from _walk(
            document, inner["items"] if is_list else inner, place, f"{above}{name}{'[]' if is_list else ''}."
        )


def _resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The schema without its reference and without the null that it may also be."""
    for each in schema.get("anyOf", []):
        if each.get("type") != "null":
            return _resolved(document, each)
    if "$ref" in schema:
        found: dict[str, Any] = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
        return found
    return schema


def _kind(document: dict[str, Any], schema: dict[str, Any]) -> str:
    """What a field holds, in a word: text, number, one of these."""
    found = _resolved(document, schema)
    if "enum" in found:
        return " | ".join(map(str, found["enum"]))
    words = {
        "string": _("text"),
        "integer": _("whole number"),
        "boolean": "true | false",
        "array": _("list"),
        "object": _("object"),
    }
    word = words.get(found.get("type", ""), "")
    return {"date": _("day"), "date-time": _("time")}.get(found.get("format", ""), word)
