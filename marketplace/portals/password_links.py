"""A new password link as its maker sees it, this once: only its hash is kept."""

from django.http import HttpRequest
from django.urls import reverse

from marketplace.portals.qr_code import qr_code_svg


def link_shown(request: HttpRequest, token: str) -> dict[str, str]:
    """The link's whole address and its picture, for portals/members/_password_link_once.html; or nothing."""
    if not token:
        return {}
    address = request.build_absolute_uri(reverse("account:password_link", kwargs={"token": token}))
    return {"link_address": address, "link_qr_code": qr_code_svg(address)}
