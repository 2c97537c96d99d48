"""The production settings: complete, by environment, and without a warning of Django's deployment checks."""

import os
import subprocess
import sys

from django.conf import settings
from django.test import override_settings

from marketplace.procurement.checks import production_takes_real_money
from tests.architecture.layers import ROOT

# As docs/operators.md lists them; nothing listens at these addresses.
EXAMPLE = {
    "DJANGO_SETTINGS_MODULE": "marketplace.settings.production",
    "SECRET_KEY": "k7!v2Qm9-zR4xW8pL1sT6yB3nH5cF0dG_uJ+eKaZoXiVqMwNbYtRhPl",
    "ALLOWED_HOSTS": "market.example.cn",
    "DATABASE_URL": "postgres://marketplace_app:secret@127.0.0.1:1/marketplace",
    "DATABASE_OWNER_URL": "postgres://marketplace_owner:secret@127.0.0.1:1/marketplace",
    "REDIS_URL": "redis://127.0.0.1:1",
    "EMAIL_HOST": "mail.example.cn",
}


def production(*command: str, without: str = "") -> subprocess.CompletedProcess[str]:
    """The end of a manage.py command with the example environment, one variable left out."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    chosen = {name: value for name, value in EXAMPLE.items() if name != without}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT, env={**inherited, **chosen}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_the_deployment_checks_have_nothing_to_say() -> None:
    done = production("check", "--deploy", "--fail-level", "WARNING")
    assert (done.returncode, done.stderr) == (0, "")


SHOW = """
from django.conf import settings
from django.urls import NoReverseMatch, reverse
print(settings.EMAIL_BACKEND, settings.OUTBOX_MAIL_BACKEND, settings.EMAIL_TIMEOUT)
print(repr(settings.PAYMENT_GATEWAY))
try: print(reverse("sandbox_payment", args=["x"]))
except NoReverseMatch: print("no such address")
"""


def test_mail_leaves_by_the_outbox_and_a_mail_server_and_there_is_no_payment_sandbox() -> None:
    done = production("shell", "--no-imports", "-c", SHOW)
    mail, *payment = done.stdout.splitlines()
    outbox, server = "marketplace.outbox.mail_backend.OutboxEmailBackend", "django.core.mail.backends.smtp"
    assert mail.split() == [outbox, f"{server}.EmailBackend", "10"], done.stderr
    assert payment == ["''", "no such address"]


def test_the_deployment_checks_refuse_a_payment_sandbox() -> None:
    with override_settings(PAYMENT_GATEWAY="marketplace.procurement.gateways.sandbox.SandboxGateway"):
        assert [found.id for found in production_takes_real_money()] == ["procurement.E001"]
    with override_settings(PAYMENT_GATEWAY=""):
        assert production_takes_real_money() == []


def test_a_missing_variable_is_named_without_a_traceback() -> None:
    done = production("check", without="SECRET_KEY")
    assert done.returncode != 0
    assert "SECRET_KEY is not set" in done.stderr
    assert "Traceback" not in done.stderr


def test_warnings_that_are_switched_off_are_these() -> None:
    assert settings.SILENCED_SYSTEM_CHECKS == ["axes.W006"]
