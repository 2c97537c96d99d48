"""A page with two region pickers, beside the addresses that it needs."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from marketplace.urls import urlpatterns as site
from supplier_villages.regions.forms import RegionField
from supplier_villages.regions.levels import Level

PAGE = """
{% extends "base.html" %}{% load static %}
{% block styles %}<link rel="stylesheet" href="{% static 'css/components/work.css' %}">{% endblock %}
{% block main %}
  <form class="wrap" method="get">
    {% include "components/region_picker.html" with field=form.village only %}
    {% include "components/region_picker.html" with field=form.office only %}
    <button class="button">OK</button>
    {% if form.is_bound %}<output>{{ form.is_valid }}</output>{% endif %}
  </form>
{% endblock %}
"""


class PickerForm(forms.Form):
    """A village that is needed, and a county or city that is not."""

    village = RegionField(label="产地", levels=(Level.VILLAGE,))
    office = RegionField(label="扶贫办", levels=(Level.PREFECTURE, Level.COUNTY), required=False)


@login_not_required
def page(request: HttpRequest) -> HttpResponse:
    """The form, bound if it was sent."""
    form = PickerForm(request.GET or None)
    return HttpResponse(engines["django"].from_string(PAGE).render({"form": form}, request))


urlpatterns = [path("picker/", page), *site]
