"""Region codes as plain text: GB/T 2260 to the county (6 digits), NBS statistical codes below (9, 12).

The code is the path: a child's code begins with its parent's, less the parent's trailing 00 pairs. Of nine
and twelve digits nothing is trimmed: 440103100 is a town whose number is 100, not a shorter prefix.
"""

import re

from supplier_villages.regions.levels import Level

CODE_PATTERN = r"^\d{6}(\d{3}){0,2}$"


def is_code(text: str) -> bool:
    """Whether the text has the shape of a region code: 6, 9 or 12 ASCII digits."""
    return re.fullmatch(CODE_PATTERN, text, re.ASCII) is not None


def prefix_of(code: str) -> str:
    """What every code of the subtree begins with: 445200 → 4452, 440000 → 44, others unchanged."""
    if len(code) > 6:
        return code
    return code.removesuffix("00").removesuffix("00")


def code_range(code: str) -> tuple[str, str]:
    """The half-open range [first, last) of all codes of the subtree, compared as text byte by byte."""
    prefix = prefix_of(code)
    return prefix, str(int(prefix) + 1)


def ancestor_codes(code: str) -> list[str]:
    """Every code that an ancestor could have, top down, without the code itself.

    Some do not exist: 419001 has a province and no prefecture 419000 above it.
    """
    padded = [code[:2] + "0000", code[:4] + "00", code[:6], code[:9]]
    return sorted({candidate for candidate in padded if candidate != code})


def level_of(code: str) -> Level:
    """The level that the digits name: 440000 a province, 445200 a prefecture, 445203 a county."""
    if len(code) > 6:
        return Level.TOWN if len(code) == 9 else Level.VILLAGE
    return {2: Level.PROVINCE, 4: Level.PREFECTURE}.get(len(prefix_of(code)), Level.COUNTY)
