"""Unified social credit codes (GB 32100-2015), those of village collectives included."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc

# The first place names the registering authority: a digit, A, Y, or N (agriculture; N2 is a collective).
USCC_PATTERN = r"^[0-9ANY][0-9ABCDEFGHJKLMNPQRTUWXY][0-9]{6}[0-9ABCDEFGHJKLMNPQRTUWXY]{10}$"
LETTER_AUTHORITIES = ("A", "N", "Y")


def normalise_uscc(text: str) -> str:
    """The code as it is stored: "９１110000 600037341l" → "91110000600037341L"."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def is_valid_uscc(code: str) -> bool:
    """Whether the code has the shape and the check character of GB 32100-2015; upper case, no spaces.

    python-stdnum refuses every code that begins with a letter; village collectives (N2…) are real suppliers:
    of these only its check character is asked.
    """
    if not code.startswith(LETTER_AUTHORITIES):
        return code == uscc.compact(code) and uscc.is_valid(code)
    return _has_letter_shape(code) and uscc.calc_check_digit(code[:17]) == code[17]


def _has_letter_shape(code: str) -> bool:
    alphabet = set("0123456789ABCDEFGHJKLMNPQRTUWXY")
    return len(code) == 18 and set(code) <= alphabet and code[2:8].isdigit()


def validate_uscc(code: str) -> None:
    """Passes a valid code.

    Raises:
        ValidationError: the code is not valid.
    """
    if not is_valid_uscc(code):
        raise ValidationError(
            _(
                "%(code)s is not a unified social credit code: one of its 18 characters is wrong. "
                "Compare it with the licence."
            ),
            params={"code": code},
            code="uscc",
        )
