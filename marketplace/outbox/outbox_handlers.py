"""Mail: rendered in the receiver's language when it is sent."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.utils import DNS_NAME
from django.template.loader import render_to_string
from django.utils import translation

from marketplace.outbox.handlers import register
from marketplace.outbox.models import OutboxMessage
from marketplace.outbox.services import MAIL


@register(MAIL)
def send_mail(message: OutboxMessage) -> None:
    """The mail, as text and as HTML; the first line of the text is its subject.

    A second attempt carries the same Message-ID, by which mail servers know a mail that they have.
    """
    mail = message.payload
    with translation.override(mail["language"]):
        context = {"shop_name": settings.OSCAR_SHOP_NAME, **mail["context"]}
        text = render_to_string(f"emails/{mail['template']}.txt", context).strip()
        subject = text.splitlines()[0]
        context = {"subject": subject, "heading": subject, **context}
        html = render_to_string(f"emails/{mail['template']}.html", context)
    headers = {"Message-ID": f"<outbox-{message.pk}@{DNS_NAME}>"}
    letter = EmailMultiAlternatives(subject, text, to=[mail["to"]], headers=headers)
    letter.attach_alternative(html, "text/html")
    letter.send()
