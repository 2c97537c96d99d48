"""The user. Memberships live with their organisation, not here."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.identifiers import PHONE_PATTERN, USERNAME_PATTERN
from marketplace.accounts.managers import UserManager
from marketplace.accounts.querysets import PasswordLinkQuerySet


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Phone and e-mail are NULL when absent and otherwise belong to one user only."""

    username = models.CharField(
        _("user name"),
        max_length=150,
        unique=True,
        validators=[
            RegexValidator(USERNAME_PATTERN, _("A user name has no @ and no space, and is no number."))
        ],
    )
    phone = models.CharField(
        _("mobile phone number"),
        max_length=11,
        unique=True,
        null=True,
        blank=True,
        validators=[
            RegexValidator(PHONE_PATTERN, _("A mobile phone number has 11 digits and begins with 1."))
        ],
    )
    email = models.EmailField(_("e-mail address"), unique=True, null=True, blank=True)
    name = models.CharField(_("full name"), max_length=100, blank=True)
    is_staff = models.BooleanField(_("operator's staff"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined at"), default=timezone.now)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(username__regex=USERNAME_PATTERN), name="user_name_is_no_phone_or_email"
            ),
            models.CheckConstraint(
                condition=models.Q(phone__isnull=True) | models.Q(phone__regex=PHONE_PATTERN),
                name="user_phone_is_mobile_or_null",
            ),
            models.CheckConstraint(
                condition=models.Q(email__isnull=True) | models.Q(email__contains="@", email=Lower("email")),
                name="user_email_in_lower_case_or_null",
            ),
        ]

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        """The person's name, else the user name."""
        return self.name or self.username

    def get_short_name(self) -> str:
        """The same as the full name: Chinese names are not split."""
        return self.get_full_name()


class PasswordLink(models.Model):
    """A one-time link by which a person sets their password; a user has one open link at most."""

    user = models.ForeignKey(User, models.CASCADE, verbose_name=_("user"), related_name="password_links")
    token_hash = models.CharField(_("SHA-256 of the token"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, verbose_name=_("created by"), related_name="password_links_given"
    )
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used at"), null=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True)

    objects = PasswordLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("password link")
        verbose_name_plural = _("password links")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(used_at=None, revoked_at=None),
                name="one_open_password_link_per_user",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")),
                name="password_link_expires_after_creation",
            ),
        ]

    def __str__(self) -> str:
        return f"password link {self.pk} of user {self.user_id}"
