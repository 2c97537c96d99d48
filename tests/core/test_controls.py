"""The tags that components are built with."""

from django import forms
from django.core.paginator import Paginator
from django.template import RequestContext
from django.test import RequestFactory

from marketplace.core.templatetags.controls import control, page_numbers, page_url


class PriceForm(forms.Form):
    price = forms.CharField(help_text="CNY")


def test_a_control_takes_attributes_and_leaves_out_empty_ones():
    html = control(PriceForm()["price"], inputmode="decimal", placeholder="", data_unit="jin")
    assert 'inputmode="decimal"' in html
    assert 'data-unit="jin"' in html
    assert "placeholder" not in html


def test_a_wrong_control_points_at_its_help_and_its_error():
    html = control(PriceForm({"price": ""})["price"])
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_price_helptext id_price_error"' in html


def test_page_numbers_leave_out_what_is_far():
    page = Paginator(range(240), 20).page(6)
    assert page_numbers(page) == [1, None, 5, 6, 7, None, 12]


def test_page_url_keeps_what_else_the_address_says():
    request = RequestFactory().get("/products/", {"q": "竹笋", "page": "3"})
    assert page_url(RequestContext(request), 4) == "?q=%E7%AB%B9%E7%AC%8B&page=4"
