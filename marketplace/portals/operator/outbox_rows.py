"""Messages that were set aside, as the operator reads them: without what they say and to whom."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.core.masks.logs import masked_text
from marketplace.outbox.models import OutboxMessage
from marketplace.outbox.services import LETTER, MAIL
from marketplace.procurement.services.online import REFUND

TOPICS = {
    MAIL: _("Mail of the market"),
    LETTER: _("Mail of the editors' desk"),
    REFUND: _("Refund of an online payment"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A message with its topic in words; what its key and its error may say of a person is hidden."""

    message: OutboxMessage
    topic: str
    key: str
    error: str


def row_of(message: OutboxMessage) -> Row:
    """The message, masked."""
    topic = str(TOPICS.get(message.topic, message.topic))
    return Row(message, topic, masked_text(message.dedupe_key), masked_text(message.last_error))
