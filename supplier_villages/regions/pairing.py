"""Who helps many villages at once, in one query: what an accepted sale is credited to beside its county."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from supplier_villages.regions.levels import Level
from supplier_villages.regions.models import PairedAssistance

Pair = dict[str, str]


def pairs_in_force(village_codes: Iterable[str], day: dt.date) -> dict[str, list[Pair]]:
    """Village code → its pairs of the day as {kind, helper_code, helped_code}, at most one per kind.

    The county's pair goes before its prefecture's; where a prefecture has two helpers and the county none of
    its own, there is no pair: nobody could say whose the sale is. Villages without a pair are absent.
    """
    villages = set(village_codes)
    helped = {code[:6] for code in villages} | {f"{code[:4]}00" for code in villages}
    found: dict[tuple[str, str, str], list[PairedAssistance]] = defaultdict(list)
    for pair in PairedAssistance.objects.valid_on(day).filter(helped__in=helped).order_by("kind", "pk"):
        found[pair.helped_id, pair.level, pair.kind].append(pair)
    kinds = sorted({kind for _helped, _level, kind in found})
    chosen = {village: _pairs_of(village, kinds, found) for village in sorted(villages)}
    return {village: pairs for village, pairs in chosen.items() if pairs}


def _pairs_of(
    village: str, kinds: list[str], found: dict[tuple[str, str, str], list[PairedAssistance]]
) -> list[Pair]:
    chosen = (_most_specific(village, kind, found) for kind in kinds)
    return [_plain(pair) for pair in chosen if pair]


def _most_specific(
    village: str, kind: str, found: dict[tuple[str, str, str], list[PairedAssistance]]
) -> PairedAssistance | None:
    county = found.get((village[:6], Level.COUNTY, kind))
    pairs = county or found.get((f"{village[:4]}00", Level.PREFECTURE, kind)) or []
    return pairs[0] if len(pairs) == 1 else None


def _plain(pair: PairedAssistance) -> Pair:
    return {"kind": pair.kind, "helper_code": pair.helper_id, "helped_code": pair.helped_id}
