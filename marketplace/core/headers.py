"""Response headers that tell a browser what a page may do."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """django-csp's, with wider directives for the libraries' staff pages and for nothing else."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """The site's policy; under the staff paths some directives are replaced by theirs."""
        parts = super().get_policy_parts(request, response, report_only)
        if request.path.startswith(settings.STAFF_PATHS):
            parts.replace = {**(parts.replace or {}), **settings.STAFF_CONTENT_SECURITY_POLICY}
        return parts


class PermissionsPolicyMiddleware:
    """Switches off what no page of ours uses; the camera is asked for by the phone's own photo dialog."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response
