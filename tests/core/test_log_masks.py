"""What slips into a log line all the same is hidden; ids and figures stay."""

import pytest

from marketplace.core.masks.logs import masked, masked_text


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("call 13800138000 now", "call 138****8000 now"),
        ("手机13800138000，", "手机138****8000，"),
        ("zhang.san@example.com.cn wrote", "***@*** wrote"),
        ("id 44520319800101123X", "id 445203********123X"),
        ("refused\nDETAIL: Key (name)=(欧阳秀英) exists.\nnext", "refused\nDETAIL: withheld\nnext"),
    ],
)
def test_personal_data_are_hidden(text: str, hidden: str) -> None:
    assert masked_text(text) == hidden


@pytest.mark.parametrize(
    "text",
    [
        "village 445203001204",
        "order 10000001380013800012",
        "request 5e91380013-8000-4000-8000-13800138000a",
        "2020-03-15T08:00:00.138001Z",
        "GET /account/",
    ],
)
def test_codes_and_ids_stay(text: str) -> None:
    assert masked_text(text) == text


def test_values_that_are_no_text_are_masked_in_the_form_that_is_printed() -> None:
    line = masked(None, "info", {"count": 13800138000, "ok": True, "error": ValueError("13800138000")})
    assert line == {"count": 13800138000, "ok": True, "error": "ValueError('138****8000')"}
