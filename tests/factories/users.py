"""People."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from marketplace.accounts.models import User

PASSWORD = "gan-lan-2020-you"  # noqa: S105 -- of test users
BACKEND = "marketplace.accounts.backends.IdentifierBackend"
NEW_PASSWORD = "li-zhi-hong-le-2020"  # noqa: S105


def make_user(
    username: str = "zhang-san",
    *,
    name: str = "张三",
    phone: str | None = None,
    email: str | None = None,
    password: str | None = PASSWORD,
    is_staff: bool = False,
    is_superuser: bool = False,
    is_active: bool = True,
) -> User:
    """A saved user who logs in by PASSWORD."""
    return User.objects.create_user(
        username,
        password,
        name=name,
        phone=phone,
        email=email,
        is_staff=is_staff,
        is_superuser=is_superuser,
        is_active=is_active,
    )


def session_of(user: User) -> str:
    """The key of a new session in which the user is logged in: what their browser keeps.

    Only the session is written, for a quarter of all tests begin with it; what else happens when somebody
    logs in is tried by the page.
    """
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def browser_of(user: User, *, raise_request_exception: bool = True) -> Client:
    """A browser in which the user is logged in."""
    client = Client(raise_request_exception=raise_request_exception)
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(user)
    return client


def make_staff(username: str = "yun-ying", *, name: str = "运营员") -> User:
    """One of the operator's staff."""
    return make_user(username, name=name, is_staff=True)


def operator() -> User:
    """The operator's one member of staff, made at the first call."""
    return User.objects.filter(username="yun-ying").first() or make_staff()


def make_administrator(username: str = "guan-li", *, name: str = "管理员") -> User:
    """A user who may do everything."""
    return make_user(username, name=name, is_staff=True, is_superuser=True)
