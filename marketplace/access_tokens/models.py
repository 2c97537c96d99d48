"""Access tokens; the database keeps only their hashes."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.access_tokens.memberships import Kind, Membership
from marketplace.access_tokens.querysets import AccessTokenQuerySet

ORGANISATIONS = ("supplier", "institution", "office")


def _one_organisation_at_most() -> Q:
    """Of each two organisations one is NULL."""
    pairs = (("supplier", "institution"), ("supplier", "office"), ("institution", "office"))
    condition = Q()
    for one, other in pairs:
        condition &= Q(**{f"{one}__isnull": True}) | Q(**{f"{other}__isnull": True})
    return condition


class AccessToken(models.Model):
    """What lets a system act as the user for one organisation, or (all three NULL) for the user themselves.

    It never says more than the membership that the user holds at the moment of each call.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="access_tokens")
    name = models.CharField(_("what it is for"), max_length=60)
    supplier = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, null=True, related_name="+")
    institution = models.ForeignKey(
        "institutions.Institution", on_delete=models.PROTECT, null=True, related_name="+"
    )
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, null=True, related_name="+")
    token_hash = models.CharField(_("SHA-256 of the token"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("valid until"), null=True)
    last_used_at = models.DateTimeField(_("last used at"), null=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True)

    objects = AccessTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=_one_organisation_at_most(), name="access_token_has_one_organisation_at_most"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="access_token_has_a_name"),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("created_at")),
                name="access_token_expires_after_creation",
            ),
        ]

    def __str__(self) -> str:
        return f"access token {self.pk} of user {self.user_id}"

    @property
    def membership(self) -> Membership:
        """For whom it acts; names nobody, so that it costs no query."""
        held = ((kind, getattr(self, f"{kind}_id")) for kind in ORGANISATIONS)
        return next(
            (Membership(Kind(kind), organisation_id) for kind, organisation_id in held if organisation_id),
            Membership(Kind.INDIVIDUAL),
        )
