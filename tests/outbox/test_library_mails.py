"""What Django, Wagtail and Oscar send waits in the outbox like everything else."""

import ast
from email.mime.base import MIMEBase
from pathlib import Path

import pytest
from django.contrib.auth.forms import PasswordResetForm
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.test import RequestFactory
from django.utils import timezone
from oscar.apps.communication.utils import Dispatcher
from pytest_django.fixtures import Settings
from wagtail.admin.mail import send_mail as wagtail_send_mail

from marketplace.outbox import letters, relay
from marketplace.outbox.models import OutboxMessage
from marketplace.settings import base
from tests.architecture.layers import ROOT
from tests.factories.users import make_user

pytestmark = pytest.mark.django_db
TO = "a@example.com"


def posted() -> list[EmailMessage]:
    """What was posted, once the relay has run; nothing before."""
    assert mail.outbox == []
    relay.relay_batch(clock=timezone.now)
    return mail.outbox


def test_every_part_of_a_mail_survives_the_wait() -> None:
    letter = EmailMultiAlternatives(
        "竹笋上市",
        "好笋。",
        "shi-chang@example.com",
        [TO],
        bcc=["b@example.com"],
        cc=["c@example.com"],
        reply_to=["d@example.com"],
        headers={"Auto-Submitted": "auto-generated"},
    )
    letter.attach_alternative("<p>好笋。</p>", "text/html")
    letter.attach("价格.csv", "竹笋,4.00", "text/csv")
    letter.attach("照片.jpg", b"\xff\xd8\xff", "image/jpeg")
    assert letter.send() == 1
    (sent,) = posted()
    assert (sent.subject, sent.body, sent.from_email) == ("竹笋上市", "好笋。", "shi-chang@example.com")
    assert (sent.to, sent.cc, sent.bcc) == ([TO], ["c@example.com"], ["b@example.com"])
    assert sent.reply_to == ["d@example.com"]
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert sent.extra_headers["Message-ID"].startswith("<outbox-")
    assert [tuple(part) for part in sent.alternatives] == [("<p>好笋。</p>", "text/html")]
    assert [tuple(part) for part in sent.attachments] == [
        ("价格.csv", "竹笋,4.00", "text/csv"),
        ("照片.jpg", b"\xff\xd8\xff", "image/jpeg"),
    ]


def test_a_mail_goes_with_the_transaction_in_which_it_was_sent() -> None:
    with transaction.atomic():
        mail.send_mail("竹笋", "好笋。", None, [TO])
        transaction.set_rollback(True)
    assert posted() == []
    mail.send_mail("竹笋", "好笋。", None, [TO])
    assert [sent.subject for sent in posted()] == ["竹笋"]


def test_a_mail_to_nobody_is_not_owed() -> None:
    assert EmailMessage("竹笋", "好笋。").send() == 0
    assert not OutboxMessage.objects.exists()


def test_what_cannot_wait_is_told_to_its_writer() -> None:
    letter = EmailMessage("竹笋", "好笋。", to=[TO])
    letter.attach(MIMEBase("image", "png"))
    with pytest.raises(letters.CannotWait):
        letter.send()
    letter.attachments = []
    letter.attach("weiter.eml", EmailMessage("竹笋", "好笋。"), "message/rfc822")
    with pytest.raises(letters.CannotWait):
        letter.send()


def test_djangos_password_reset_waits(settings: Settings) -> None:
    user = make_user(email=TO)
    user.set_password("wait-and-see-7")
    user.save()
    form = PasswordResetForm({"email": TO})
    assert form.is_valid()
    form.save(
        request=RequestFactory().get("/"),
        subject_template_name="emails/base.txt",
        email_template_name="emails/base.txt",
    )
    (sent,) = posted()
    assert sent.to == [TO]


def test_a_mail_to_those_who_run_the_site_waits(settings: Settings) -> None:
    settings.ADMINS = settings.MANAGERS = [("李四", TO)]
    mail.mail_admins("竹笋", "好笋。")
    mail.mail_managers("竹笋", "好笋。")
    assert [sent.to for sent in posted()] == [[TO], [TO]]


def test_wagtails_own_way_waits() -> None:
    wagtail_send_mail("竹笋", "好笋。", [TO], html_message="<p>好笋。</p>")
    (sent,) = posted()
    assert (sent.to, sent.extra_headers["Auto-Submitted"]) == ([TO], "auto-generated")


def test_oscars_own_way_waits() -> None:
    words = {"subject": "竹笋", "body": "好笋。", "html": "<p>好笋。</p>"}
    Dispatcher().send_email_messages(TO, words)
    (sent,) = posted()
    assert (sent.to, sent.subject) == ([TO], "竹笋")


def test_every_environment_sends_into_the_outbox() -> None:
    """Production is asked itself in tests/architecture/test_production.py."""
    assert base.EMAIL_BACKEND == "marketplace.outbox.mail_backend.OutboxEmailBackend"
    settings = (ROOT / "marketplace" / "settings").glob("*.py")
    saying = {path.name for path in settings if "\nEMAIL_BACKEND" in path.read_text(encoding="utf-8")}
    assert saying == {"base.py"}


# Ways past EMAIL_BACKEND.
BESIDE = {"smtplib", "get_connection"}
SOURCES = ("marketplace", "catalog", "supplier_villages", "cms")


def test_nobody_but_the_relay_posts_anything() -> None:
    found = {
        str(path.relative_to(ROOT))
        for package in SOURCES
        for path in (ROOT / package).rglob("*.py")
        if BESIDE & names_in(path)
    }
    assert found == {"marketplace/outbox/outbox_handlers.py"}


def names_in(path: Path) -> set[str]:
    """Every module and name that a file imports."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    imports = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    named = {alias.name for node in imports for alias in node.names}
    return named | {node.module or "" for node in imports if isinstance(node, ast.ImportFrom)}
