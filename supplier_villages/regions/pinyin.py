"""How a place's name is sorted and typed: pinyin without tones, and its initials.

pypinyin knows phrases (重庆 is chongqing, 大埔 dabu); here stand only the readings that are wrong for places.
A name whose characters all have one reading skips the phrase search: 110,000 names in seconds.
"""

from functools import cache

from pypinyin import Style, lazy_pinyin, load_phrases_dict, load_single_dict, pinyin

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
            "单县": "shàn xiàn",
        }.items()
    }
)  # fmt: skip

# Village names end in one of few words: cut off, half the names are the same or need no phrase search.
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
    readings = [_only_reading(character) for character in text]
    known = [reading for reading in readings if reading is not None]
    if len(known) == len(readings):
        return known
    return [syllable.lower() for syllable in lazy_pinyin(text, errors=_letters_and_digits) if syllable]


def _letters_and_digits(text: str) -> str:
    return "".join(filter(str.isalnum, text.encode("ascii", "ignore").decode()))


@cache
def _only_reading(character: str) -> str | None:
    """The character's reading if it has but one; None for the others and for what is no Chinese character."""
    readings = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return readings[0][0] if readings and len(readings[0]) == 1 else None
