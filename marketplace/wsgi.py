"""The web application for gunicorn."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application

from marketplace import garbage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.dev")
garbage.look_rarely()


def silent_head(answering: WSGIApplication) -> WSGIApplication:
    """The application, which answers HEAD with the headers of GET and no body.

    Django makes the body all the same, and gunicorn drops it with a warning in the log.
    """

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer = answering(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return answer
        close = getattr(answer, "close", None)
        if close:
            close()
        return []

    return application


application = silent_head(get_wsgi_application())
