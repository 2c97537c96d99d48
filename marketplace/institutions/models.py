"""Institutions that buy in bulk (采购单位), and their members."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.partner.uscc import USCC_PATTERN, validate_uscc
from marketplace.institutions.querysets import InstitutionQuerySet


class Institution(models.Model):
    """A buying unit; a `parent` is its supervising department (主管部门) or the unit it belongs to."""

    class Kind(models.TextChoices):
        DEPARTMENT = "department", _("supervising department")
        BUDGET_UNIT = "budget_unit", _("budgetary unit")
        OFFICE = "office", _("office of a unit")
        HOSPITAL = "hospital", _("hospital")
        UNIVERSITY = "university", _("university")
        UNION = "union", _("trade union")
        STATE_ENTERPRISE = "soe", _("state-owned enterprise")
        PRIVATE_ENTERPRISE = "private_enterprise", _("private enterprise")
        SOCIAL_ORGANISATION = "social_organisation", _("social organisation")

    name = models.CharField(_("name"), max_length=100)
    # An office of a unit is no legal person and has no code of its own.
    uscc = models.CharField(
        _("unified social credit code"),
        max_length=18,
        unique=True,
        null=True,
        blank=True,
        validators=[validate_uscc],
    )
    kind = models.CharField(_("kind"), max_length=24, choices=Kind.choices)
    region = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="units")

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="institution_not_own_parent"
            ),
            models.CheckConstraint(
                condition=models.Q(uscc__isnull=True) | models.Q(uscc__regex=USCC_PATTERN),
                name="institution_uscc_or_null",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="institution_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class InstitutionMembership(models.Model):
    """What a person may do for an institution: one row per role, so that a person can hold several.

    A viewer looks and does nothing; a head says who belongs to the institution, and by that nothing else.
    """

    class Role(models.TextChoices):
        REQUESTER = "requester", _("requester")
        APPROVER = "approver", _("approver")
        RECEIVER = "receiver", _("receiver")
        FINANCE = "finance", _("finance")
        VIEWER = "viewer", _("viewer")
        HEAD = "head", _("head")

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="institution_memberships"
    )
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("institution membership")
        verbose_name_plural = _("institution memberships")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("institution", "user", "role"), name="institution_membership_once_per_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.institution_id}/{self.user_id}/{self.role}"
