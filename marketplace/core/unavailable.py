"""What is answered when something that the site needs is away: come again soon, nothing is done twice."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.http import escape_leading_slashes
from django.views.defaults import server_error

# The database, a file, the payment gateway: what heals by itself. A deadlock and a lock that was waited for
# in vain are among them.
AWAY: tuple[type[Exception], ...] = (OperationalError, InterfaceError, OSError)
RETRY_SECONDS = 30


def failed(request: HttpRequest) -> HttpResponse:
    """The answer to what no view has caught: 503 where a part is away, else 500. What urls.handler500 names.

    Needs neither database nor cache.
    """
    if not isinstance(sys.exc_info()[1], AWAY):
        return server_error(request)
    looks = request.method in ("GET", "HEAD")
    again = escape_leading_slashes(request.get_full_path()) if looks else ""
    # Without the request: context processors would ask the database.
    response = render(None, "503.html", {"again": again}, status=503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    add_never_cache_headers(response)
    return response
