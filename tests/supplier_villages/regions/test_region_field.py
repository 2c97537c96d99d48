"""The form field that holds a region."""

import datetime as dt

import pytest
from django import forms
from django.utils import timezone, translation

from supplier_villages.regions.forms import RegionField
from supplier_villages.regions.levels import Level
from supplier_villages.regions.models import Region, RegionSuccession
from tests.factories import regions

pytestmark = pytest.mark.django_db


class VillageForm(forms.Form):
    """A form as a supplier would see it."""

    village = RegionField(levels=(Level.VILLAGE,))
    office = RegionField(required=False)


def mistakes(code: str) -> list[str]:
    """What the form says about the village, in English."""
    with translation.override("en"):
        return [str(message) for message in VillageForm({"village": code}).errors.get("village", [])]


@pytest.mark.parametrize("code", ["445203001204", " 4452 0300 1204 ", "４４５２０３００１２０４"])
def test_the_value_is_the_region(code: str) -> None:
    regions.jieyang()
    form = VillageForm({"village": code})
    assert form.is_valid()
    assert form.cleaned_data["village"] == Region.objects.get(pk="445203001204")
    assert form.cleaned_data["office"] is None


def test_a_region_of_another_level_is_refused() -> None:
    regions.jieyang()
    assert mistakes("445203") == ["揭东区 is too wide or too narrow here. Choose: village or community."]


@pytest.mark.parametrize("code", ["445203009999", "圩埔村", "%", "' OR 1=1"])
def test_an_unknown_code_is_refused(code: str) -> None:
    regions.jieyang()
    (mistake,) = mistakes(code)
    assert mistake.endswith("Choose one from the list.")


def test_a_superseded_code_names_its_successor() -> None:
    regions.jieyang()
    RegionSuccession.objects.create(
        old_code="445221", old_name="揭东县", new_id="445203", changed_after=dt.date(2011, 12, 31)
    )
    assert mistakes("445221") == ["The code 445221 is no longer in force: it is now 揭东区 445203."]


def test_a_closed_region_is_refused() -> None:
    regions.jieyang()
    Region.objects.filter(pk="445203001204").update(valid_to=timezone.localdate())
    assert mistakes("445203001204") == ["There is no region 445203001204. Choose one from the list."]


def test_nothing_is_refused_where_something_is_needed() -> None:
    assert mistakes("") == ["This field is required."]


def test_the_picker_is_told_the_whole_way_to_what_is_chosen() -> None:
    village = regions.jieyang() and Region.objects.get(pk="445203001204")
    for form in (VillageForm({"village": village.pk}), VillageForm(initial={"village": village})):
        assert form["village"].region_name == "广东省 揭阳市 揭东区 曲溪街道 圩埔村委会"
        assert form["village"].url == "/regions/"
        assert form["village"].levels == "village"
        assert 'value="445203001204"' in str(form["village"])
    for nowhere in ("", "圩埔村", "445203001204\0"):
        assert VillageForm({"village": nowhere})["village"].region_name == ""
    assert VillageForm()["village"].region_name == ""
