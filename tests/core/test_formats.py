"""What the filters print, to the character, in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from marketplace.core.templatetags import formats

NB = formats.NO_BREAK_SPACE


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Decimal("1234.5"), "¥1,234.50"),
        (Decimal("0.005"), "¥0.01"),
        (Decimal("0"), "¥0.00"),
        (Decimal("-3.1"), "−¥3.10"),
        (Decimal("-0.001"), "¥0.00"),
        (7, "¥7.00"),
        (Decimal("36230000"), "¥36,230,000.00"),
        (None, ""),
    ],
)
def test_cny(amount, text):
    assert formats.cny(amount) == text


def test_cny_refuses_a_float():
    with pytest.raises(TypeError):
        formats.cny(4.5)


@pytest.mark.parametrize(("fen", "text"), [(123450, "¥1,234.50"), (1, "¥0.01"), (-5, "−¥0.05"), (None, "")])
def test_fen_cny(fen, text):
    assert formats.fen_cny(fen) == text


def test_cny_parts():
    assert formats.cny_parts(Decimal("1234.5")) == ("¥", "1,234", "50")


def test_price_per_weight_names_its_unit():
    assert formats.per_jin(Decimal("9.80"), 585) == "¥8.38/jin"
    assert formats.per_kg(Decimal("9.80"), 585) == "¥16.75/kg"


def test_price_per_weight_is_empty_without_a_weight():
    assert formats.per_jin(Decimal("18.00"), None) == ""
    assert formats.per_kg(None, 500) == ""


@pytest.mark.parametrize(
    ("grams", "english_text"),
    [
        (585, f"585{NB}g"),
        (999, f"999{NB}g"),
        (1000, f"1{NB}kg"),
        (600_000, f"600{NB}kg"),
        (1255, f"1.26{NB}kg"),
    ],
)
def test_weight_in_english(grams, english_text):
    assert formats.weight(grams) == english_text


@pytest.mark.parametrize(
    ("grams", "number"),
    [(585, "585"), (1000, "2"), (600_000, "1,200"), (5000, "10"), (1255, "2.51"), (1600, "3.2")],
)
def test_weight_in_chinese_counts_in_jin_from_a_kilogram_on(grams, number):
    with translation.override("zh-hans"):
        assert formats.weight(grams).split(NB)[0] == number


def test_weight_kg_in_chinese_is_never_in_jin():
    with translation.override("zh-hans"):
        assert formats.weight_kg(600_000).split(NB)[0] == "600"


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (1200, "", "1,200"),
        (1200, "斤", f"1,200{NB}斤"),
        (Decimal("1.50"), "箱", f"1.5{NB}箱"),
        (0, "", "0"),
        (100, "", "100"),
    ],
)
def test_quantity(number, unit, text):
    assert formats.quantity(number, unit) == text


def test_date_and_time_are_those_of_shanghai():
    late = datetime(2020, 3, 14, 18, 32, tzinfo=UTC)
    assert formats.cn_date(late) == "15 Mar 2020"
    assert formats.cn_datetime(late) == "15 Mar 2020, 02:32"
    with translation.override("zh-hans"):
        assert formats.cn_date(late) == "2020年3月15日"
        assert formats.cn_datetime(late) == "2020年3月15日 02:32"


@pytest.mark.parametrize(
    ("last_day", "text"),
    [
        (date(2020, 3, 20), "5 days left"),
        (date(2020, 3, 16), "1 day left"),
        (date(2020, 3, 15), "last day"),
        (date(2020, 3, 14), "expired"),
        (datetime(2020, 3, 14, 18, 0, tzinfo=UTC), "last day"),
        (None, ""),
    ],
)
def test_days_left(last_day, text):
    assert formats.days_left(last_day, date(2020, 3, 15)) == text


@pytest.mark.parametrize(
    ("day", "text"),
    [(date(2020, 3, 15), "last day"), (date(2020, 3, 14), "1 day late"), (date(2020, 2, 29), "15 days late")],
)
def test_days_to_says_how_late_it_is(day, text):
    assert formats.days_to(day, date(2020, 3, 15)) == text


def test_the_year_is_said_only_where_it_is_another():
    today = date(2020, 12, 31)
    days = [date(2020, 1, 2), date(2021, 1, 1), None]
    assert [formats.cn_day(day, today) for day in days] == ["2 Jan", "1 Jan 2021", ""]
    with translation.override("zh-hans"):
        assert [formats.cn_day(day, today) for day in days] == ["1月2日", "2021年1月1日", ""]


def test_a_window_says_its_year_once_if_it_is_one():
    march, february = date(2020, 3, 1), date(2021, 2, 28)
    assert formats.through(march, date(2020, 3, 31)) == "1 Mar – 31 Mar 2020"
    assert formats.through(march, february) == "1 Mar 2020 – 28 Feb 2021"
    with translation.override("zh-hans"):
        assert formats.through(march, date(2020, 3, 31)) == "2020年3月1日 – 3月31日"
        assert formats.through(march, february) == "2020年3月1日 – 2021年2月28日"


def test_masks_of_nothing_are_empty():
    assert [formats.mask_phone(None), formats.mask_name(None), formats.mask_identity_number(None)] == [
        "",
        "",
        "",
    ]
