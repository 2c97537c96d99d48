"""How a place's name is sorted and typed: pinyin without tones, and its initials.

pypinyin knows phrases (重庆 is chongqing, 大埔 dabu); here stand only the readings that are wrong for places.
Only names that hold a phrase with an unusual reading go through pypinyin: 110,000 names in a second.
"""

from functools import cache

from pypinyin import Style, lazy_pinyin, load_phrases_dict, load_single_dict, pinyin
from pypinyin.constants import PHRASES_DICT
from pypinyin.contrib.tone_convert import to_normal

# A place is never 长 in the sense of "chief"; 圩 is a market town (xū) and 涌 a creek (chōng) in the South.
load_single_dict(
    {
        ord(character): reading
        for character, reading in {
            "长": "cháng", "都": "dū", "圩": "xū", "涌": "chōng", "曾": "zēng", "仇": "qiú", "勒": "lè",
            "佛": "fó", "咀": "zuǐ",
        }.items()
    }
)  # fmt: skip
load_phrases_dict(
    {
        phrase: [[syllable] for syllable in reading.split()]
        for phrase, reading in {
            "洪洞": "hóng tóng", "荥经": "yíng jīng", "什邡": "shí fāng", "牟平": "mù píng",
            "单县": "shàn xiàn", "镇长": "zhèn cháng",
        }.items()
    }
)  # fmt: skip

LONGEST_PHRASE = 4  # longer ones are proverbs

# Village names end in one of few words: cut off, half the names are the same.
ENDINGS = {
    "社区居民委员会": ("shequjuminweiyuanhui", "sqjmwyh"),
    "居民委员会": ("juminweiyuanhui", "jmwyh"),
    "社区居委会": ("shequjuweihui", "sqjwh"),
    "村民委员会": ("cunminweiyuanhui", "cmwyh"),
    "居委会": ("juweihui", "jwh"),
    "村委会": ("cunweihui", "cwh"),
}


def pinyin_of(name: str) -> tuple[str, str]:
    """The name's pinyin and initials in lower case: 揭阳市 → ("jieyangshi", "jys"); ü is v.

    Characters that have no reading, and punctuation, are left out; digits and Latin letters stay.
    """
    for ending, (pinyin_of_ending, initials) in ENDINGS.items():
        if name.endswith(ending):
            syllables = _syllables(name.removesuffix(ending))
            return "".join(syllables) + pinyin_of_ending, _initials(syllables) + initials
    syllables = _syllables(name)
    return "".join(syllables), _initials(syllables)


def _initials(syllables: list[str]) -> str:
    return "".join(syllable if syllable.isdigit() else syllable[0] for syllable in syllables)


def _syllables(text: str) -> list[str]:
    readings = [_usual_reading(character) for character in text]
    if None in readings or _holds_unusual_phrase(text):
        return [syllable for syllable in lazy_pinyin(text, errors=_letters_and_digits) if syllable]
    return [reading for reading in readings if reading is not None]


def _letters_and_digits(text: str) -> str:
    return "".join(filter(str.isalnum, text.encode("ascii", "ignore").decode())).lower()


@cache
def _usual_reading(character: str) -> str | None:
    """The character's reading by itself; None for what is no Chinese character."""
    readings = pinyin(character, style=Style.NORMAL, errors="ignore")
    return readings[0][0] if readings else None


def _holds_unusual_phrase(text: str) -> bool:
    unusual = _unusual_phrases()
    return any(
        text[start:end] in unusual
        for start in range(len(text) - 1)
        for end in range(start + 2, min(start + LONGEST_PHRASE, len(text)) + 1)
    )


@cache
def _unusual_phrases() -> frozenset[str]:
    """The phrases in which a character is read otherwise than by itself: 重庆, 大埔, 洪洞."""
    return frozenset(
        phrase
        for phrase, syllables in PHRASES_DICT.items()
        if len(phrase) <= LONGEST_PHRASE and _is_unusual(phrase, syllables)
    )


def _is_unusual(phrase: str, syllables: list[list[str]]) -> bool:
    return any(
        _usual_reading(character) != _toneless(readings[0])
        for character, readings in zip(phrase, syllables, strict=False)
    )


@cache
def _toneless(syllable: str) -> str:
    return to_normal(syllable)
