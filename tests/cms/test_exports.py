"""Tables that staff download from Wagtail."""

import csv
import io

import pytest
from django.test import Client

from cms.pages.news import NewsIndexPage
from tests.factories import pages
from tests.factories.users import browser_of, make_administrator

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Client:
    return browser_of(make_administrator())


@pytest.mark.parametrize("title", ["=1+1", "@SUM(A1)", "+1", "-1"])
def test_no_title_is_a_formula_in_a_report(administrator: Client, title: str) -> None:
    pages.published(pages.home(), NewsIndexPage(title=title, slug="news"))
    answer = administrator.get("/cms/reports/aging-pages/results/?export=csv")
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode())))
    cells = [cell for row in rows[1:] for cell in row]
    assert f"'{title}" in cells
    assert title not in cells
