"""Which institutions there are, and whom they belong to."""

import pytest
from django.db import IntegrityError, transaction

from marketplace.core.audit.models import AuditEntry
from marketplace.institutions import services
from marketplace.institutions.models import Institution
from marketplace.institutions.queries import institutions_called, institutions_matching, stands_above
from tests.factories import regions

pytestmark = pytest.mark.django_db
Kind = Institution.Kind
CODE = "11320000MB151840XJ"


def registration(name: str = "示范市第一中学", **changes: object) -> services.Registration:
    """A school in 揭阳."""
    values = {"kind": Kind.BUDGET_UNIT, "region": regions.jieyang(), **changes}
    return services.Registration(name=name, **values)  # type: ignore[arg-type]


def made(name: str, parent: Institution | None = None) -> Institution:
    """An institution that belongs to another."""
    return services.create_institution(registration=registration(name, parent=parent))


def test_an_institution_is_registered_and_changed_with_a_trail() -> None:
    office = made("示范市教育局")
    school = services.create_institution(registration=registration(uscc=CODE))
    for _twice in range(2):
        services.change_institution(
            institution=school, registration=registration("示范市一中", uscc=CODE, parent=office)
        )
    school.refresh_from_db()
    assert (school.name, school.uscc, school.parent) == ("示范市一中", CODE, office)
    entries = AuditEntry.objects.filter(object_id=school.pk).order_by("pk")
    assert [entry.action for entry in entries] == ["institutions.created", "institutions.changed"]
    assert (entries[1].before["parent"], entries[1].after["parent"]) == (None, "示范市教育局")


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"name": " "}, "name"),
        ({"name": "示范市教育局"}, "name"),
        ({"uscc": "11320000MB151840XK"}, "uscc"),
        ({"uscc": CODE}, "uscc"),
    ],
)
def test_what_cannot_be_registered_says_why(changes: dict[str, str], wrong: str) -> None:
    services.create_institution(registration=registration("示范市教育局", uscc=CODE))
    school = made("示范市第一中学")
    asked = registration(**{"name": "新学校", **changes})
    for work in (
        lambda: services.create_institution(registration=asked),
        lambda: services.change_institution(institution=school, registration=asked),
    ):
        with pytest.raises(services.InvalidInstitution) as refusal:
            work()
        assert set(refusal.value.problems) == {wrong}
    assert sorted(Institution.objects.values_list("name", flat=True)) == ["示范市教育局", "示范市第一中学"]


def test_nothing_stands_above_itself() -> None:
    office = made("局")
    school = made("校", office)
    kitchen = made("食堂", school)
    for parent in (office, school, kitchen):
        with pytest.raises(services.InvalidInstitution) as refusal:
            services.change_institution(institution=office, registration=registration("局", parent=parent))
        assert set(refusal.value.problems) == {"parent"}
    services.change_institution(institution=kitchen, registration=registration("食堂", parent=office))
    assert (stands_above(office, kitchen), stands_above(school, kitchen)) == (True, False)


def test_the_database_refuses_a_code_of_another_shape_and_a_missing_name() -> None:
    regions.jieyang()
    for wrong in ({"uscc": "no code"}, {"name": ""}):
        values = {"name": "校", "kind": Kind.UNION, "region_id": "445200", **wrong}
        with pytest.raises(IntegrityError), transaction.atomic():
            Institution.objects.create(**values)


def test_institutions_are_found_by_name_and_code() -> None:
    services.create_institution(registration=registration(uscc=CODE))
    made("示范市教育局")
    found = {
        text: [each.name for each in institutions_matching(text)] for text in ("教育", "1132", "无", "\0")
    }
    assert found == {
        "教育": ["示范市教育局"],
        "1132": ["示范市第一中学"],
        "无": [],
        "\0": ["示范市教育局", "示范市第一中学"],
    }
    called = {text: len(institutions_called(text)) for text in ("教育", "示范市教育局", CODE.lower())}
    assert called == {"教育": 0, "示范市教育局": 1, CODE.lower(): 1}
