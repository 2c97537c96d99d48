"""A request whose user is known to be logged in, for the types' sake."""

from django.http import HttpRequest

from marketplace.accounts.models import User


class AuthenticatedRequest(HttpRequest):
    """What a view gets behind `login_required`."""

    user: User
