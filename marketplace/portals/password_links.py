"""A new password link as its maker sees it, this once: only its hash is kept."""

from django.http import HttpRequest
from django.urls import reverse

from marketplace.accounts.services import IssuedLink
from marketplace.portals.qr_code import qr_code_svg


def shown_once(request: HttpRequest, issued: IssuedLink) -> dict[str, str]:
    """The link's whole address and its picture, for portals/members/_password_link_once.html."""
    path = reverse("account:password_link", kwargs={"token": issued.token})
    address = request.build_absolute_uri(path)
    return {"link_address": address, "link_qr_code": qr_code_svg(address)}
