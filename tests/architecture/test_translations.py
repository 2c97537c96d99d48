"""The Chinese translation is complete: every text of ours, with the same placeholders."""

import re

import pytest
from babel.messages.catalog import Catalog

from marketplace.core.translations import catalogs
from marketplace.core.translations.extraction import source_messages

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
# Names that are the same in both languages.
SAME_IN_BOTH = {"English"}
# What is sold is called 产品 everywhere: two words on two pages would be two things.
OTHER_WORD = "商品"


@pytest.fixture(scope="module")
def chinese() -> Catalog:
    return catalogs.read(catalogs.po_file())


def strings(message: catalogs.Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def last_id(message: catalogs.Message) -> str:
    """The text itself, or its plural, whose placeholders are all of them."""
    return message.id[-1] if isinstance(message.id, tuple) else message.id


def test_every_text_of_our_sources_is_translated(chinese: Catalog) -> None:
    known = {(each.id, each.context): catalogs.is_translated(each) for each in catalogs.texts(chinese)}
    wanted = [(each.id, each.context) for each in catalogs.texts(source_messages())]
    assert [text for text in wanted if not known.get(text)] == []


def test_every_translation_has_its_text_in_our_sources(chinese: Catalog) -> None:
    wanted = {(each.id, each.context) for each in catalogs.texts(source_messages())}
    assert [each.id for each in catalogs.texts(chinese) if (each.id, each.context) not in wanted] == []


def test_translations_have_the_placeholders_of_their_text(chinese: Catalog) -> None:
    different = [
        each.id
        for each in catalogs.texts(chinese)
        for string in strings(each)
        if sorted(PLACEHOLDER.findall(string)) != sorted(PLACEHOLDER.findall(last_id(each)))
    ]
    assert different == []


def test_translations_are_chinese(chinese: Catalog) -> None:
    foreign = [
        each.id
        for each in catalogs.texts(chinese)
        for string in strings(each)
        if last_id(each) not in SAME_IN_BOTH and not CHINESE.search(PLACEHOLDER.sub("", string))
    ]
    assert foreign == []


def test_what_is_sold_has_one_name(chinese: Catalog) -> None:
    said = [each.id for each in catalogs.texts(chinese) for string in strings(each) if OTHER_WORD in string]
    assert said == []
