"""How a value of the audit trail reads: money, days, states, people and goods instead of numbers and keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.core.audit.models import AuditEntry
from marketplace.core.templatetags.formats import cn_date, cn_datetime, cny, fen_cny, quantity
from marketplace.order.models import Line
from marketplace.portals.operator.audit_words import FIELDS, VALUES, VALUES_OF_KIND

DAYS = ("sell_by", "valid_from", "valid_until", "start_date", "end_date")
PRICES = ("price", "flat_freight")


@dataclass(frozen=True, slots=True)
class Names:
    """What stands behind the keys that entries hold: users by key, order lines' titles by key."""

    users: Mapping[int, str]
    lines: Mapping[int, str]


def names_in(entries: Iterable[AuditEntry]) -> Names:
    """The names of the users and order lines in all entries; at most a query for each."""
    values = [
        each for entry in entries for part in (entry.before, entry.after) for each in (part or {}).items()
    ]
    user_keys = {value for name, value in values if name == "user" and isinstance(value, int)}
    line_keys = {
        int(key) for _name, value in values if isinstance(value, dict) for key in value if key.isdecimal()
    }
    users = User.objects.filter(pk__in=user_keys) if user_keys else ()
    lines = Line.objects.filter(pk__in=line_keys).values_list("pk", "title") if line_keys else ()
    return Names({user.pk: user.get_full_name() for user in users}, dict(lines))


def in_words(kind: str, name: str, value: object, names: Names) -> str:
    """The value of an entry's field, "" for none; what has no words stays as it is."""
    if value is None or value == {}:
        return ""
    if isinstance(value, dict):
        return _(", ").join(_part(kind, key, part, names) for key, part in value.items())
    if name == "tiers" and isinstance(value, list):
        return _(", ").join(_tier(*pair) for pair in value)
    if isinstance(value, list):
        return _(", ").join(in_words(kind, name, each, names) for each in value)
    return _one(kind, name, value, names)


def _one(kind: str, name: str, value: object, names: Names) -> str:
    text = str(value)
    words = VALUES_OF_KIND.get((kind, name)) or VALUES.get(name)
    if words:
        return str(words.get(text, text))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "user" and isinstance(value, int):
        return names.users.get(value, text)
    if isinstance(value, int):
        return fen_cny(value) if name.endswith("_fen") else text
    return _dated_or_priced(name, text)


def _dated_or_priced(name: str, text: str) -> str:
    if not text:
        return ""
    if name in DAYS:
        return cn_date(dt.date.fromisoformat(text))
    if name.endswith("_at"):
        return cn_datetime(dt.datetime.fromisoformat(text))
    return cny(Decimal(text)) if name in PRICES else text


def _part(kind: str, key: str, value: object, names: Names) -> str:
    """Sale units of an order line by its title, or a value within a value."""
    if key.isdecimal() and isinstance(value, int):
        return f"{names.lines.get(int(key), key)} {quantity(value)}"
    return f"{FIELDS.get(key, key)} {in_words(kind, key, value, names)}"


def _tier(number: int, price: str) -> str:
    return _("from %(quantity)s: %(price)s") % {"quantity": quantity(number), "price": cny(Decimal(price))}
