"""Accounts under simultaneous use: each race is first shown to be one, then not to happen."""

from collections.abc import Callable
from contextlib import nullcontext

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone

from marketplace.accounts import services
from marketplace.accounts.errors import LinkNotUsableError
from marketplace.accounts.models import PasswordLink, User
from marketplace.core.audit.models import AuditEntry
from marketplace.portals.account import forms
from tests.factories.users import NEW_PASSWORD, make_user
from tests.threads import run_together

pytestmark = pytest.mark.usefixtures("race_database")
GUESSES = 12


def outcome(action: Callable[[], object]) -> str:
    """`won` or `refused`."""
    try:
        action()
    except LinkNotUsableError:
        return "refused"
    return "won"


def test_of_six_uses_of_a_link_one_wins() -> None:
    user = make_user(password=None)
    token = services.issue_password_link(user=user, created_by=None, now=timezone.now()).token
    passwords = [f"{NEW_PASSWORD}-{number}" for number in range(6)]

    def use(password: str) -> Callable[[], str]:
        return lambda: outcome(
            lambda: services.use_password_link(token=token, password=password, now=timezone.now())
        )

    outcomes = run_together([use(password) for password in passwords])
    assert sorted(outcomes) == ["refused"] * 5 + ["won"]
    assert User.objects.get().check_password(passwords[outcomes.index("won")])
    assert AuditEntry.objects.filter(action="accounts.password_set_by_link").count() == 1


def test_six_links_made_at_once_leave_one_open() -> None:
    user = make_user()

    def issue() -> str:
        return services.issue_password_link(user=user, created_by=None, now=timezone.now()).token

    assert len(set(run_together([issue] * 6))) == 6
    assert PasswordLink.objects.open().count() == 1
    assert PasswordLink.objects.count() == 6


def test_six_registrations_of_one_number_make_one_account() -> None:
    def register() -> int:
        data = {"name": "张三", "phone": "13800138000", "password": NEW_PASSWORD}
        return Client().post("/account/register/", data).status_code

    assert sorted(run_together([register] * 6)) == [200] * 5 + [302]
    assert User.objects.count() == 1
    assert AuditEntry.objects.filter(action="accounts.registered").count() == 1


def guess_at_once(user: User) -> tuple[int, int]:
    """How many of the simultaneous guesses at a password were tried, and how many were refused unseen."""

    def guess() -> int:
        return Client().post("/account/login/", {"identifier": user.username, "password": "no"}).status_code

    run_together([guess] * GUESSES)
    tried = sum(AccessAttempt.objects.values_list("failures_since_start", flat=True))
    return tried, GUESSES - tried


def test_without_taking_turns_more_than_five_guesses_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "one_attempt_at_a_time", lambda _identifier: nullcontext())
    tried, _refused = guess_at_once(make_user())
    assert tried > 5


def test_of_simultaneous_guesses_five_are_tried() -> None:
    assert guess_at_once(make_user()) == (5, GUESSES - 5)
