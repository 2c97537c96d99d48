"""What the log says of a request: one line, and nothing that names a person or opens a door."""

import re
import time
from typing import cast

import structlog
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django_structlog.middlewares import RequestMiddleware

# The token of a one-time link is such a segment: 128 random bits in hexadecimal.
SECRET_SEGMENT = re.compile(r"(?<=/)[0-9a-f]{32}(?=/|$)")


class RequestLogMiddleware(RequestMiddleware):
    """django-structlog's, without query strings (searches hold names) and tokens of one-time links.

    The answer carries the request's id as X-Request-ID, which a person can quote to the operator.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.monotonic()
        self.prepare(request)
        request_id = structlog.contextvars.get_contextvars()["request_id"]
        response = cast(HttpResponse, self.get_response(request))
        structlog.contextvars.bind_contextvars(duration_ms=round((time.monotonic() - begun) * 1000))
        self.handle_response(request, response)
        response.headers["X-Request-ID"] = request_id
        return response

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Method and path, as in GET /account/password-link/…/."""
        return f"{request.method} {SECRET_SEGMENT.sub('…', request.path)}"

    @staticmethod
    def bind_user_id(request: HttpRequest) -> None:
        """The user's id where the page asked who it is: a log line alone is worth no query."""
        session = getattr(request, "session", None)
        # Read already, not just asked for: where the database is away it would be waited for again.
        if session is not None and "_session_cache" in vars(session):
            structlog.contextvars.bind_contextvars(user_id=session.get(SESSION_KEY))
