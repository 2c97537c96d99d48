"""人民币大写."""

import pytest

from marketplace.core.money.capitals import in_capitals
from marketplace.core.templatetags.formats import capitals, fen_plain


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角"),
        (100, "壹元整"),
        (1010, "壹拾元壹角"),
        (108_000, "壹仟零捌拾元整"),
        (108_050, "壹仟零捌拾元伍角"),
        (140_950, "壹仟肆佰零玖元伍角"),
        (600_714, "陆仟零柒元壹角肆分"),
        (168_032, "壹仟陆佰捌拾元叁角贰分"),
        (10_000_105, "壹拾万零壹元零伍分"),
        (10_700_053, "壹拾万零柒仟元伍角叁分"),
        (10_000_000_001, "壹亿元零壹分"),
        (10_010_000_000, "壹亿零壹拾万元整"),
        (-520, "负伍元贰角"),
    ],
)
def test_amounts_are_written_as_the_payment_rules_say(fen: int, text: str) -> None:
    assert in_capitals(fen) == text


def test_an_amount_that_has_no_words_is_refused() -> None:
    assert in_capitals(10**18 - 1).startswith("玖仟玖佰玖拾玖兆")
    with pytest.raises(ValueError, match="too large"):
        in_capitals(10**18)


def test_the_filters_answer_nothing_to_nothing() -> None:
    assert (capitals(None), fen_plain(None)) == ("", "")
    assert (capitals(108_000), fen_plain(108_000), fen_plain(-50)) == ("壹仟零捌拾元整", "1,080.00", "−0.50")
