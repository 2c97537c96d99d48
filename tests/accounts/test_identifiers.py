"""What people type to name themselves."""

import pytest
from django.db import IntegrityError, transaction

from marketplace.accounts.identifiers import normalise_email, normalise_phone
from marketplace.accounts.models import User
from marketplace.accounts.queries import user_by_identifier, users_matching
from tests.factories.users import make_user


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000",
        " 138 0013 8000 ",
        "138-0013-8000",
        "+86 13800138000",
        "0086 138 0013 8000",
        "8613800138000",
        "１３８００１３８０００",
    ],
)
def test_a_phone_number_is_stored_as_eleven_digits(typed: str) -> None:
    assert normalise_phone(typed) == "13800138000"


def test_an_address_is_stored_in_lower_case() -> None:
    assert normalise_email(" Zhang.San@Example.CN ") == "zhang.san@example.cn"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "identifier",
    ["13800138000", "+86 138 0013 8000", "ZHANG@example.cn", "zhang@example.cn", "zhang-san", " zhang-san "],
)
def test_a_user_is_found_by_phone_email_and_user_name(identifier: str) -> None:
    make_user("li-si", phone="13900139000", email="li@example.cn")
    user = make_user("zhang-san", phone="13800138000", email="Zhang@Example.cn")
    assert user_by_identifier(identifier) == user


@pytest.mark.django_db
@pytest.mark.parametrize("identifier", ["", "138", "13800138001", "@", "zhang", "zhang-san\0x", "9" * 400])
def test_nobody_is_found_by_anything_else(identifier: str) -> None:
    make_user("zhang-san", phone="13800138000", email="zhang@example.cn")
    assert user_by_identifier(identifier) is None


@pytest.mark.django_db
@pytest.mark.parametrize("username", ["13800138000", "123", "+8613800138000", "138-0013", "a@b", "a b", ""])
def test_the_database_refuses_a_user_name_that_is_a_number_or_an_address(username: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username=username)
    assert not User.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields", [{"phone": ""}, {"phone": "12345"}, {"email": ""}, {"email": "A@b.cn"}, {"email": "nobody"}]
)
def test_the_database_refuses_contacts_that_are_not_as_they_are_stored(fields: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="zhang-san", **fields)
    assert not User.objects.exists()


@pytest.mark.django_db
def test_absent_phone_and_email_are_null_for_any_number_of_users() -> None:
    make_user("one", phone="", email="")
    make_user("two")
    assert set(User.objects.values_list("phone", "email")) == {(None, None)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {"zhang-san", "li-si"}),
        ("张", {"zhang-san"}),
        ("138 0013", {"zhang-san"}),
        ("LI@", {"li-si"}),
        ("si", {"li-si"}),
        ("%", set()),
    ],
)
def test_users_are_searched_by_part_of_any_name(text: str, found: set[str]) -> None:
    make_user("zhang-san", name="张三", phone="13800138000")
    make_user("li-si", name="李四", email="li@example.cn")
    assert {user.username for user in users_matching(text)} == found
