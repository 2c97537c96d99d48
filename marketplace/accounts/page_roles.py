"""Who writes pages and who publishes them: Wagtail's two groups, given by the operator, at most one a person.

An editor who reviewed too would publish alone.
"""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.users.models import UserProfile

from marketplace.accounts.models import User
from marketplace.core.audit.services import record


class PageRole(models.TextChoices):
    """What a person does with pages; the value is the group's name."""

    EDITOR = "编辑", _("editor: writes pages and hands them in")
    REVIEWER = "审核", _("reviewer: publishes what editors hand in")


def page_role_of(user: User) -> PageRole | None:
    """The person's role at the pages; one query."""
    name = user.groups.filter(name__in=PageRole.values).values_list("name", flat=True).first()
    return PageRole(name) if name else None


@transaction.atomic
def give(*, user: User, role: PageRole | None) -> None:
    """The person has this role at the pages from now on, and no other; None takes it away."""
    User.objects.select_for_update().get(pk=user.pk)
    before = page_role_of(user)
    if before == role:
        return
    user.groups.remove(*Group.objects.filter(name__in=PageRole.values))
    if role:
        user.groups.add(Group.objects.get(name=role.value))
        # Made now: Wagtail would make it when they look at a page, and looking must not write.
        UserProfile.get_for_user(user)
    record(
        action="accounts.page_role_given",
        target=user,
        before={"page_role": before.value if before else ""},
        after={"page_role": role.value if role else ""},
    )
