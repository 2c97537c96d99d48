"""Lines of a body: as services take them, and named by their place where a service refuses one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _

from catalog.partner.services import NotSellable
from marketplace.api.problems import Refusal
from marketplace.api.words import WORDS
from marketplace.basket.services import NotForSale
from marketplace.campaigns.claims import NotInCampaign
from marketplace.procurement.services.amounts import AmountTooLarge
from marketplace.procurement.services.orders import WrongQuantities


def quantities(lines: Sequence[Any], key: str) -> dict[int, int]:
    """Key → sale units. Raises Refusal where two lines have the same key."""
    return {pk: line.quantity for pk, line in by_key(lines, key).items()}


def by_key(lines: Sequence[Any], key: str, *, name: str = "lines") -> dict[int, Any]:
    """Each line of the list `name` by its key.

    Raises:
        Refusal: two lines have the same; which of them would count?
    """
    found: dict[int, Any] = {}
    for place, line in enumerate(lines):
        if getattr(line, key) in found:
            detail = str(WORDS["twice"])
            raise Refusal(422, "invalid", detail, {f"{name}.{place}.{key}": detail})
        found[getattr(line, key)] = line
    return found


@contextmanager
def named(lines: Sequence[Any], key: str) -> Iterator[None]:
    """Says of what a service refuses in which of the lines it stands."""
    places = {getattr(line, key): f"lines.{place}" for place, line in enumerate(lines)}

    def path(pk: int, field: str) -> str:
        return f"{places[pk]}.{field}" if pk in places else "lines"

    try:
        yield
    except NotSellable as error:
        errors = {path(each.stock_record_id, "quantity"): each.message for each in error.failures}
        raise Refusal(409, "not_sellable", str(error), errors) from error
    except NotForSale as error:
        detail = _("There are no such goods on sale.")
        errors = {path(pk, key): detail for pk in error.stock_record_ids}
        raise Refusal(409, "not_for_sale", detail, errors) from error
    except NotInCampaign as error:
        errors = {path(pk, "campaign_id"): problem for pk, problem in error.problems.items()}
        raise Refusal(409, "not_in_campaign", str(error), errors) from error
    except (AmountTooLarge, WrongQuantities) as error:
        errors = {path(pk, "quantity"): problem for pk, problem in error.problems.items()}
        raise Refusal(422, "invalid", str(error), errors) from error
