"""Who may make and change campaigns."""

from django.contrib.auth.models import AnonymousUser

from marketplace.accounts.models import User


def can_edit(user: User | AnonymousUser) -> bool:
    """Editors: those whose group may change campaigns; administrators. Nobody who is switched off."""
    return user.is_active and user.has_perm("campaigns.change_campaign")
