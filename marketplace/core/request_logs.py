"""What the log says of a request: method and path, and nothing that names a person or opens a door."""

import re

from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware

# The token of a one-time link is such a segment: 128 random bits in hexadecimal.
SECRET_SEGMENT = re.compile(r"(?<=/)[0-9a-f]{32}(?=/|$)")


class RequestLogMiddleware(RequestMiddleware):
    """django-structlog's, without query strings (searches hold names) and tokens of one-time links."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Method and path, as in GET /account/password-link/…/."""
        return f"{request.method} {SECRET_SEGMENT.sub('…', request.path)}"
