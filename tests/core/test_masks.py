"""Personal data, as pages show it."""

import pytest

from marketplace.core import masks


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13812345678", "138****5678"), ("0663-1234567", "066*****4567"), ("1234567", "*******"), ("", "")],
)
def test_mask_phone(phone, shown):
    assert masks.mask_phone(phone) == shown


def test_mask_identity_number():
    assert masks.mask_identity_number("440102198001011234") == "440***********1234"


@pytest.mark.parametrize(
    ("name", "shown"), [("张三", "张**"), ("欧阳娜娜", "欧**"), ("李", "李**"), ("", "")]
)
def test_mask_name_hides_how_long_it_is(name, shown):
    assert masks.mask_name(name) == shown
