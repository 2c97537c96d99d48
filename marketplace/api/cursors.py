"""Pages by the key of their last row: none is repeated or missed, however many rows come in between."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.signing import BadSignature, Signer
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from marketplace.api.problems import Refusal

Row = TypeVar("Row", bound=Model)
SIGNER = Signer(salt="marketplace.api.cursors")


def page(
    rows: QuerySet[Row], *, cursor: str, limit: int, query: Mapping[str, Any], newest_first: bool = False
) -> tuple[list[Row], str | None]:
    """At most `limit` rows by key after the cursor's, and the cursor of the next page; None after the last.

    `query` is all that narrows the rows: a cursor is good for the query that made it and for no other.

    Raises:
        Refusal: 400, the cursor is of another query, or none of ours.
    """
    digest = _digest(query)
    if cursor:
        comparison = "pk__lt" if newest_first else "pk__gt"
        rows = rows.filter(**{comparison: _last_key(cursor, digest)})
    found = list(rows.order_by("-pk" if newest_first else "pk")[: limit + 1])
    more = len(found) > limit
    return found[:limit], SIGNER.sign_object([digest, found[limit - 1].pk]) if more else None


def _digest(query: Mapping[str, Any]) -> str:
    text = json.dumps(query, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _last_key(cursor: str, digest: str) -> int:
    try:
        made_for, key = SIGNER.unsign_object(cursor)
    except BadSignature:
        raise _refusal(_("This cursor is not one of ours. Begin again without one.")) from None
    if made_for != digest:
        raise _refusal(_("This cursor belongs to another query. Begin again without one.")) from None
    return int(key)


def _refusal(detail: str) -> Refusal:
    return Refusal(400, "wrong_cursor", detail, {"cursor": detail})
