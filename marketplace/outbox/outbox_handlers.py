"""Mail: ours is rendered in the receiver's language when it is sent; libraries' comes finished."""

import hashlib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils import translation

from marketplace.outbox.handlers import register
from marketplace.outbox.letters import letter_of
from marketplace.outbox.models import OutboxMessage
from marketplace.outbox.services import LETTER, MAIL


@register(MAIL)
def send_mail(message: OutboxMessage) -> None:
    """The mail, as text and as HTML; the first line of the text is its subject."""
    mail = message.payload
    with translation.override(mail["language"]):
        context = {"shop_name": settings.OSCAR_SHOP_NAME, **mail["context"]}
        text = render_to_string(f"emails/{mail['template']}.txt", context).strip()
        subject = text.splitlines()[0]
        context = {"subject": subject, "heading": subject, **context}
        html = render_to_string(f"emails/{mail['template']}.html", context)
    letter = EmailMultiAlternatives(subject, text, to=[mail["to"]])
    letter.attach_alternative(html, "text/html")
    _post(letter, message)


@register(LETTER)
def send_letter(message: OutboxMessage) -> None:
    """The mail as Django, Wagtail or Oscar wrote it."""
    _post(letter_of(message.payload), message)


def _post(letter: EmailMessage, message: OutboxMessage) -> None:
    """The mail leaves by the real backend.

    A second attempt carries the same Message-ID, by which mail servers know a mail that they have. It is made
    of the message's key: numbers begin anew from a backup, and machines have different names.
    """
    digest = hashlib.sha256(message.dedupe_key.encode()).hexdigest()[:32]
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    if not any(name.lower() == "message-id" for name in letter.extra_headers):
        letter.extra_headers["Message-ID"] = f"<outbox-{digest}@{domain}>"
    letter.connection = get_connection(settings.OUTBOX_MAIL_BACKEND)
    letter.send()
