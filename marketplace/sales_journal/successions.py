"""Old region codes in the journal, counted with the region that took their place.

The journal keeps every code as it was that day. Each old code leads to exactly one present code, so that
regions of one level never share a sale and together have them all, whenever their codes changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from supplier_villages.regions.codes import prefix_of
from supplier_villages.regions.models import RegionSuccession

COUNTY_DIGITS = 6


@dataclass(frozen=True)
class Successions:
    """Each superseded code with its successor's."""

    successor: Mapping[str, str]

    def current(self, code: str) -> str:
        """The present code of a county, town or village that the journal names.

        A village follows its county: 441283001201 is 441204001201 now. A town or village that went to another
        county leaves its sales behind, as a county's monthly figure cannot be divided.
        """
        county = self._follow(code[:COUNTY_DIGITS])
        if len(code) == COUNTY_DIGITS:
            return county
        here = {old: new for old, new in self.successor.items() if new.startswith(county)}
        return Successions(here)._follow(county + code[COUNTY_DIGITS:])

    def _follow(self, code: str) -> str:
        for length in (12, 9, COUNTY_DIGITS):
            new = self.successor.get(code[:length])
            if new is not None:
                return self._follow(new + code[length:])
        return code

    def prefixes(self, region_code: str) -> set[str]:
        """What the codes begin with that may count for the region: its own, and those before it."""
        found: set[str] = set()
        waiting = {prefix_of(region_code)}
        while waiting:
            prefix = waiting.pop()
            found.add(prefix)
            waiting |= self._before(prefix) - found
        return found

    def _before(self, prefix: str) -> set[str]:
        inside = {old for old, new in self.successor.items() if new.startswith(prefix)}
        around = {old + prefix[len(new) :] for old, new in self.successor.items() if prefix.startswith(new)}
        return inside | around


def all_successions() -> Successions:
    """Every change of a code that is known; one query."""
    return Successions(dict(RegionSuccession.objects.values_list("old_code", "new_id")))
