"""A finished mail as a message's payload, and back again."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives


class CannotWait(TypeError):
    """An attachment that JSON cannot hold: attach its name, content and type instead."""


def payload_of(letter: EmailMessage) -> dict[str, Any]:
    """All that the mail says and whom it is for."""
    return {
        "subject": str(letter.subject),
        "body": str(letter.body),
        "subtype": letter.content_subtype,
        "from": letter.from_email,
        "to": letter.to,
        "cc": letter.cc,
        "bcc": letter.bcc,
        "reply_to": letter.reply_to,
        "headers": {name: str(value) for name, value in letter.extra_headers.items()},
        "alternatives": [[str(part[0]), part[1]] for part in getattr(letter, "alternatives", ())],
        "attachments": [_packed(attachment) for attachment in letter.attachments],
    }


def letter_of(payload: Mapping[str, Any]) -> EmailMultiAlternatives:
    """The mail that the payload was made of."""
    letter = EmailMultiAlternatives(
        payload["subject"],
        payload["body"],
        payload["from"],
        payload["to"],
        bcc=payload["bcc"],
        cc=payload["cc"],
        reply_to=payload["reply_to"],
        headers=payload["headers"],
        alternatives=payload["alternatives"],
    )
    letter.content_subtype = payload["subtype"]
    for name, content, kind in payload["attachments"]:
        letter.attach(name, base64.b64decode(content), kind)
    return letter


def _packed(attachment: Any) -> list[str | None]:
    """Name, content in base64 and type."""
    try:
        name, content, kind = attachment
    except (TypeError, ValueError) as error:
        raise CannotWait(type(attachment).__name__) from error
    if isinstance(content, str):
        content = content.encode()
    if not isinstance(content, bytes):
        raise CannotWait(type(content).__name__)
    return [name, base64.b64encode(content).decode(), kind]
