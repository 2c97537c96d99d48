"""The audit trail in words: kinds of objects and actions as people call them."""

from django.utils.translation import gettext_lazy as _

from supplier_villages.offices.levels import OfficeLevel

KINDS = {
    "accounts.user": _("User"),
    "offices.office": _("Office"),
}
ACTIONS = {
    "accounts.registered": _("registered"),
    "accounts.created": _("account opened"),
    "accounts.logged_in": _("logged in"),
    "accounts.details_changed": _("name or e-mail changed"),
    "accounts.password_changed": _("password changed"),
    "accounts.password_link_issued": _("password link made"),
    "accounts.password_link_revoked": _("password link revoked"),
    "accounts.password_set_by_link": _("password set by link"),
    "accounts.deactivated": _("account switched off"),
    "accounts.activated": _("account switched on"),
    "offices.created": _("office opened"),
    "offices.member_added": _("member added"),
    "offices.member_removed": _("member removed"),
}
ACTORS = {"system": _("the system"), "visitor": _("a visitor")}
VALUES = {"level": dict(OfficeLevel.choices)}
FIELDS = {
    "username": _("user name"),
    "phone": _("mobile phone number"),
    "email": _("e-mail address"),
    "name": _("name"),
    "is_staff": _("operator's staff"),
    "expires_at": _("valid until"),
    "region": _("region"),
    "level": _("level"),
    "user": _("user"),
    "members": _("members"),
}
