"""The description of the API, in the caller's language and with every answer that a call can get."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.operation import Operation

from marketplace.api.problems import MEDIA_TYPE, Problem

REF = "#/components/schemas/{model}"
WORDS = {
    200: gettext_lazy("Done"),
    201: gettext_lazy("Made"),
    304: gettext_lazy("Unchanged since the ETag that was sent"),
    400: gettext_lazy("The body is no JSON, or the cursor belongs to another query"),
    401: gettext_lazy("No token, or one that opens nothing"),
    403: gettext_lazy("The membership may not do this"),
    404: gettext_lazy("Nothing there, or somebody else's"),
    409: gettext_lazy("Not possible in this state"),
    413: gettext_lazy("The body is too large"),
    422: gettext_lazy("A field is missing, unknown or not right; it is named"),
    429: gettext_lazy("Too many calls in a minute"),
    503: gettext_lazy("Something that the site needs does not work"),
}
ETAG = {"ETag": {"schema": {"type": "string"}}}
RETRY_AFTER = {"Retry-After": {"schema": {"type": "integer"}}}
IF_NONE_MATCH = {"in": "header", "name": "If-None-Match", "required": False, "schema": {"type": "string"}}


class Api(NinjaAPI):
    """The library's, whose description knows our problems, ETags and languages."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.documents: dict[str, Any] = {}

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The endpoint's name: it stays when the endpoint moves to another module."""
        return str(operation.view_func.__name__)

    def get_openapi_schema(self, **options: Any) -> Any:
        """The OpenAPI document; put together once for each language, then only read."""
        language = get_language() or ""
        if language not in self.documents:
            self.documents[language] = self._document(**options)
        return self.documents[language]

    def _document(self, **options: Any) -> Any:
        document = super().get_openapi_schema(**options)
        schemas = document["components"]["schemas"]
        own = Problem.model_json_schema(ref_template=REF)
        schemas.update(own.pop("$defs"))
        schemas["Problem"] = own
        for schema in schemas.values():
            schema.pop("description", None)  # the source's docstring
        for path, operations in document["paths"].items():
            for method, operation in operations.items():
                _complete(operation, path, method)
        _translate([document["paths"], document["components"]])
        info = document["info"]
        info |= {name: _(info[name]) for name in ("title", "description")}
        return document


def _complete(operation: dict[str, Any], path: str, method: str) -> None:
    """The operation with every answer that it can get."""
    operation.pop("description", None)  # the source's docstring
    parameters = [_sendable(each) for each in operation.get("parameters", [])]
    operation["parameters"] = parameters
    answers = {int(status): answer for status, answer in operation["responses"].items()}
    answers |= {status: _problem(status) for status in _problems(operation, path, method)}
    answers.setdefault(503, _problem(503))
    if method == "get":
        parameters.append(dict(IF_NONE_MATCH))
        answers[200]["headers"] = ETAG
        answers[304] = {"headers": ETAG}
    for status, answer in answers.items():
        answer["description"] = str(WORDS[status])
    operation["responses"] = {str(status): answers[status] for status in sorted(answers)}


def _sendable(parameter: dict[str, Any]) -> dict[str, Any]:
    """The parameter without null, which an address or a header cannot say: it is left out then."""
    schema = dict(parameter["schema"])
    choices = [each for each in schema.pop("anyOf", []) if each.get("type") != "null"]
    return {**parameter, "schema": {**schema, **(choices[0] if choices else {})}}


def _problems(operation: dict[str, Any], path: str, method: str) -> Iterator[int]:
    names = {parameter["name"] for parameter in operation["parameters"]}
    takes_values = bool(names) or "requestBody" in operation
    yield 429
    if "security" in operation:
        yield from (401, 403)
    if "{" in path or method == "post":
        yield 404
    if "cursor" in names or "requestBody" in operation:
        yield 400
    if takes_values:
        yield 422
    if method == "post":
        yield from (409, 413)


def _problem(status: int) -> dict[str, Any]:
    answer: dict[str, Any] = {"content": {MEDIA_TYPE: {"schema": {"$ref": REF.format(model="Problem")}}}}
    return {**answer, "headers": RETRY_AFTER} if status in (429, 503) else answer


def _translate(node: Any) -> None:
    """Replaces our English words inside the document by the active language's."""
    if isinstance(node, list):
        for each in node:
            _translate(each)
    if isinstance(node, dict):
        for name in ("summary", "description"):
            if isinstance(node.get(name), str) and node[name]:
                node[name] = _(node[name])
        if isinstance(node.get("tags"), list):
            node["tags"] = [_(tag) for tag in node["tags"]]
        for each in node.values():
            _translate(each)
