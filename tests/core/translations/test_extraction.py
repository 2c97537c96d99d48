"""Texts are found in templates and in Python as gettext will look them up."""

import pytest

from marketplace.core.translations.extraction import texts_of_python, texts_of_template


@pytest.mark.parametrize(
    ("template", "texts"),
    [
        ('{% translate "Ship" %}', [("gettext", ("Ship",))]),
        ('{% translate "100%" as whole %}', [("gettext", ("100%%",))]),
        ('{% translate "May" context "month" %}', [("pgettext", ("month", "May"))]),
        (
            "{% blocktranslate trimmed %}\n  of {{ n }}\n  kg\n{% endblocktranslate %}",
            [("gettext", ("of %(n)s kg",))],
        ),
        (
            "{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}",
            [("ngettext", ("%(n)s day", "%(n)s days"))],
        ),
        ('{% include "x.html" with label=_("Price") only %}', [("_", ("Price",))]),
        ("  indented\n outdented {{ x }}\n<p>plain 'text</p>", []),
    ],
)
def test_texts_of_a_template(template: str, texts: list[object]) -> None:
    assert list(texts_of_template(template)) == texts


def test_lazy_texts_of_python_are_found_joined() -> None:
    source = 'a = _("one " "text")\nb = pgettext_lazy("month", "May")\nc = gettext(variable)'
    assert list(texts_of_python(source)) == [("_", ("one text",)), ("pgettext_lazy", ("month", "May"))]
