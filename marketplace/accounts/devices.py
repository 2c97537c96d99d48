"""On which devices somebody has logged in before: a signed cookie names the device and its people.

It lets nobody in and opens nothing. It only keeps the failures that were typed on this device apart from
those that strangers cause (see lockout.py).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from marketplace.accounts.models import User

COOKIE = "device"
SALT = "accounts.devices"
REMEMBERED_FOR = timedelta(days=400)  # no browser keeps a cookie for longer
MOST_PEOPLE = 5  # a village's computer has several users; a cookie has little room


@dataclass(frozen=True)
class Device:
    """A random name, and the keys of the users who logged in there, the last one first."""

    name: str
    people: tuple[int, ...] = ()


def known_device(request: HttpRequest, user: User) -> str | None:
    """The name of the device that asks, if the user has logged in there before."""
    device = _device_of(request)
    return device.name if device and user.pk in device.people else None


def remember_device(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """The device that asks is one of the user's from now on."""
    device = _device_of(request) or Device(secrets.token_urlsafe(12))
    people = (user.pk, *(pk for pk in device.people if pk != user.pk))[:MOST_PEOPLE]
    response.set_signed_cookie(
        COOKIE,
        " ".join([device.name, *map(str, people)]),
        salt=SALT,
        max_age=REMEMBERED_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _device_of(request: HttpRequest) -> Device | None:
    value = request.get_signed_cookie(COOKIE, default=None, salt=SALT, max_age=REMEMBERED_FOR)
    if not value:
        return None
    name, *people = value.split(" ")
    return Device(name, tuple(map(int, people)))
