"""Every address, every role, own and foreign objects; see `who_asks` for what is open to all."""

import pytest
from django.db import transaction

from catalog.partner.models import Partner
from marketplace.institutions.models import Institution
from tests.access import routes, world
from tests.access.table import API, ROWS, STAFF_GROUPS, Row
from tests.access.visits import asked_alone, client_as, path_of
from tests.access.world import ROLES, STRANGER, World
from tests.factories.members import Role, SupplierRole, join_institution, join_supplier
from tests.fingerprints import fingerprint
from tests.transactions import undone

GROUPS = [route for route in routes.all_routes() if route.text.startswith(STAFF_GROUPS)]
# Wagtail's icons and the words of its scripts.
WITHOUT_DATA = {"/cms/jsi18n/", "/cms/sprite/"}
COLLEAGUES = (world.SELLERS, world.BUYERS, world.OPERATORS)
INTO_OUR_PAGES = {"/", "/account/", "/account/login/", "/operator/users/", "/operator/users/1/"}


def test_every_address_is_listed() -> None:
    ours = {route.text for route in routes.all_routes() if not route.text.startswith(STAFF_GROUPS)}
    listed = {row.route for row in ROWS}
    assert (ours - listed, listed - ours) == (set(), set())


def who_asks(row: Row) -> list[str]:
    """All roles; where each of them may come in, of colleagues one does: from row to row another."""
    if not row.who >= world.MEMBERS or row.answers:
        return list(ROLES)
    turn = ROWS.index(row)
    spared = {role for group in COLLEAGUES for role in group}
    spared -= {sorted(group)[turn % len(group)] for group in COLLEAGUES}
    return [role for role in ROLES if role not in spared]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_an_address_answers_each_role_as_its_row_says(row: Row, small_world: World) -> None:
    answers = {role: asked_alone(row, role, small_world) for role in who_asks(row)}
    assert {role: answer.status_code for role, answer in answers.items()} == {
        role: row.expected(role) for role in answers
    }
    if STRANGER not in row.who:
        assert answers[STRANGER].url.startswith("/account/login/?next=/")


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "GET"], ids=str)
def test_looking_changes_nothing(row: Row, small_world: World) -> None:
    path = path_of(row, row.own(small_world))
    before = fingerprint()
    # Whatever is written now is written by a transaction of its own number.
    with transaction.atomic():
        for role in (STRANGER, world.ADMINISTRATOR):
            client_as(role, small_world).get(path)
    assert fingerprint() - before == set()


def test_the_fingerprint_sees_a_changed_row(small_world: World) -> None:
    before = fingerprint()
    with transaction.atomic():
        small_world.users[world.PERSON].save()
    assert fingerprint() != before


@pytest.mark.parametrize("row", [row for row in ROWS if row.foreign], ids=str)
def test_a_foreign_object_does_not_exist(row: Row, small_world: World) -> None:
    # The operator's staff see everything.
    roles = row.who - world.OPERATORS
    found = {role: asked_alone(row, role, small_world, of=row.foreign).status_code for role in roles}
    assert found == dict.fromkeys(roles, 404)


@pytest.mark.parametrize("row", [row for row in ROWS if ":" in row.route and row not in API], ids=str)
def test_a_parameter_that_the_database_cannot_hold_leads_nowhere(row: Row, small_world: World) -> None:
    """PostgreSQL takes no NUL in a text: an address that let one through would break down.

    What the API refuses is tried by tests/api.
    """
    role = next(each for each in ROLES if each in row.who)

    def ask_with_nul_in(name: str) -> int:
        own = row.own(small_world)
        broken = {**own, name: f"{own[name]}%00"}
        return asked_alone(row, role, small_world, of=lambda _world: broken).status_code

    names = [name for name in row.own(small_world) if f":{name}>" in row.route]
    assert {ask_with_nul_in(name) for name in names} <= {404, 410}


@pytest.mark.parametrize("role", [STRANGER, world.OFFICIAL])
def test_staff_pages_of_libraries_are_closed_to_everybody_else(role: str, small_world: World) -> None:
    """302 is no way in: it leads to pages that are walked themselves.

    The official heads a supplier and an institution, too: no membership opens them.
    """
    organisations = small_world.objects
    official = small_world.users[world.OFFICIAL]
    join_supplier(Partner.objects.get(pk=organisations["supplier"]), official, SupplierRole.HEAD)
    join_institution(Institution.objects.get(pk=organisations["institution"]), official, Role.HEAD)
    client = client_as(role, small_world)
    answers = [(route.path, client.get(route.path)) for route in GROUPS]
    for route in GROUPS:
        with undone():  # one of the addresses logs out
            answers.append((route.path, client_as(role, small_world).post(route.path)))
            transaction.set_rollback(True)
    inside = {path: answer for path, answer in answers if answer.status_code not in {302, 403, 404, 405}}
    assert inside.keys() <= WITHOUT_DATA
    targets = {answer.url.split("?")[0] for _, answer in answers if answer.status_code == 302}
    assert targets <= INTO_OUR_PAGES | {route.path for route in GROUPS}


def test_staff_pages_of_libraries_work_and_looking_at_them_changes_nothing(small_world: World) -> None:
    client, before = client_as(world.ADMINISTRATOR, small_world), fingerprint()
    with transaction.atomic():
        failed = {route.path for route in GROUPS if client.get(route.path).status_code >= 500}
    assert failed == {"/cms/failwhale/"}  # there to fail: Wagtail's test of its error page
    assert fingerprint() - before == set()
