"""Why stock cannot be moved; each error names every line that it is about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from supplier_villages.regions.models import Region


class Obstacle(StrEnum):
    """Why a stock record cannot be sold now."""

    CLOSED = "closed"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Unsellable:
    """One stock record that cannot be sold in the wanted quantity; `available` sale units are left."""

    stock_record_id: int
    obstacle: Obstacle
    available: int

    @property
    def message(self) -> str:
        """What to tell the buyer about this line."""
        if self.obstacle is Obstacle.CLOSED:
            return _("Not on sale at the moment.")
        return ngettext("Only %(left)d left.", "Only %(left)d left.", self.available) % {
            "left": self.available
        }


class NotSellable(Exception):
    """Some of the wanted stock records cannot be sold; nothing was changed."""

    def __init__(self, failures: Iterable[Unsellable]) -> None:
        self.failures = list(failures)
        super().__init__(_("Some products are not available in the quantity wanted."))

    @property
    def by_stock_record(self) -> dict[int, Unsellable]:
        """The failures by stock record, so that a page can put each beside its line."""
        return {failure.stock_record_id: failure for failure in self.failures}


class NotHeld(Exception):
    """The source does not hold this much of these stock records (`missing`: id → how much it lacks)."""

    def __init__(self, source_key: str, missing: dict[int, int]) -> None:
        self.source_key = source_key
        self.missing = missing
        super().__init__(_("What was reserved is no longer reserved."))


class AlreadyReserved(Exception):
    """The source holds some of these stock records already; nothing was changed."""

    def __init__(self, source_key: str) -> None:
        self.source_key = source_key
        super().__init__(_("This has been reserved already."))


class InvalidQuantity(ValueError):
    """A quantity is no positive whole number of sale units within reason."""

    def __init__(self, quantity: object) -> None:
        self.quantity = quantity
        super().__init__(_("A quantity is a whole number from 1 to 10,000,000."))


class StockChanged(Exception):
    """Units were reserved, freed or counted since somebody looked; `available` can be bought now."""

    def __init__(self, available: int) -> None:
        self.available = available
        super().__init__(
            _(
                "The number has changed while you were looking: %(available)d can be bought now. "
                "Check it and save again."
            )
            % {"available": available}
        )


class InvalidPrice(ValueError):
    """A price is not positive or not in whole fen, or a bulk price does not fall with the quantity."""


class InvalidSupplier(ValueError):
    """A supplier cannot be so; `problems` maps a field to what is wrong with it and what to do."""

    def __init__(self, problems: dict[str, str]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems.values()))


class NotAVillage(ValueError):
    """Nobody lists for this region: it is a residents' committee, or no village at all."""

    def __init__(self, region: Region) -> None:
        self.region = region
        super().__init__(
            _(
                "%(name)s is not a village but a residents' committee or a larger place. "
                "Choose a village with a village committee."
            )
            % {"name": region.name}
        )
