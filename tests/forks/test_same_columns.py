"""Our forks' tables are Oscar's, but for what is listed here.

Oscar's own code reads these tables, and a database that Oscar's migrations made must become ours.
"""

import pytest

from tests.forks import unforked

OWN_COLUMNS = {
    "basket_basket": {"institution_id"},
    "basket_line": {"campaign_id"},
    "catalogue_category": {"drawing", "needs_compliance_certificate"},
    "catalogue_product": {
        "harvest_first_month", "harvest_last_month", "net_weight_grams", "origin_village_id", "sale_unit",
        "shelf_life_days", "storage",
    },
    "order_line": {
        "campaign_id", "category_id", "county_code", "needs_certificate", "net_weight_grams", "paid_fen",
        "quantity_accepted", "quantity_cancelled", "quantity_confirmed", "quantity_rejected",
        "quantity_returned", "quantity_shipped", "recognition", "repaid_fen", "sale_unit", "village_code",
    },
    "order_order": {"confirmed_at", "freight_paid_fen", "payment_status", "purchase_id", "supplier_id"},
    "partner_partner": {
        "account_name", "account_number", "admitted_at", "admitted_by_id", "bank_name", "contact_name",
        "contact_phone", "flat_freight", "kind", "region_id", "uscc",
    },
    "partner_stockrecord": {"offered_from", "offered_until", "recognised_from", "recognised_until"},
}  # fmt: skip
# An absent value would pass the guards of stock and money.
NEVER_NULL_WITH_US = {
    "order_line": {"partner_id", "product_id", "stockrecord_id", "unit_price_incl_tax"},
    "partner_stockrecord": {"num_allocated", "num_in_stock", "price"},
}


@pytest.fixture(scope="module")
def oscars() -> str:
    """The database that Oscar's migrations made."""
    return unforked.ensure_template()


@pytest.fixture(scope="module")
def tables(oscars: str) -> list[str]:
    return unforked.oscar_tables(oscars)


def columns(database: str, tables: list[str]) -> dict[tuple[str, ...], str]:
    """{(table, column): type, with NOT NULL where it is} of the tables in that database."""
    return {each[:2]: each[2] for each in unforked.described(database, unforked.COLUMNS, tables)}


def listed(lists: dict[str, set[str]]) -> set[tuple[str, ...]]:
    return {(table, column) for table, names in lists.items() for column in names}


def test_the_forked_applications_have_their_tables(tables: list[str]) -> None:
    assert len(tables) == 43


def test_every_column_of_oscar_has_the_same_type(
    oscars: str, database_template: str, tables: list[str]
) -> None:
    ours = columns(database_template, tables)
    wanted = {
        key: f"{kind} NOT NULL" if key in listed(NEVER_NULL_WITH_US) else kind
        for key, kind in columns(oscars, tables).items()
    }
    assert {key: (kind, ours.get(key)) for key, kind in wanted.items() if ours.get(key) != kind} == {}


def test_our_own_columns_are_those_that_are_listed(
    oscars: str, database_template: str, tables: list[str]
) -> None:
    own = columns(database_template, tables).keys() - columns(oscars, tables).keys()
    assert own == listed(OWN_COLUMNS)


@pytest.mark.parametrize(
    ("query", "count"), [(unforked.INDEXES, 220), (unforked.CONSTRAINTS, 168)], ids=["indexes", "constraints"]
)
def test_no_index_and_no_constraint_of_oscar_is_missing(
    oscars: str, database_template: str, tables: list[str], query: str, count: int
) -> None:
    theirs = unforked.described(oscars, query, tables)
    assert theirs - unforked.described(database_template, query, tables) == set()
    assert len(theirs) == count
