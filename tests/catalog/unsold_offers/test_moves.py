"""Every state of an offer, every move: what is allowed is done, the rest is refused by name."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import translation
from PIL import Image
from pytest_django import Settings

from catalog.catalogue.photos import render_photo
from catalog.unsold_offers import services
from catalog.unsold_offers.models import UnsoldOffer
from catalog.unsold_offers.services import WrongStatus
from catalog.unsold_offers.status import ALLOWED, Move, Status
from tests.factories import offers
from tests.factories.goods import NOW
from tests.factories.offers import Scene
from tests.factories.recognitions import certificate
from tests.fingerprints import fingerprint

pytestmark = pytest.mark.django_db

EXPLAINED = {
    Status.DRAFT: (
        "This offer is: draft. Possible now: go through its steps again, hand it in, take it back.",
        "该产品目前为“草稿”，只能：修改内容、提交审核、撤回。",
    ),
    Status.SUBMITTED: (
        (
            "This offer is: waiting for recognition. Possible now: recognise it, return it to the village, "
            "change its price or quantity, take it back."
        ),
        "该产品目前为“待认定”，只能：认定、退回给村里、改价或改数量、撤回。",
    ),
    Status.RECOGNISED: (
        "This offer is: on sale. Possible now: change its price or quantity, take it back.",
        "该产品目前为“在售”，只能：改价或改数量、撤回。",
    ),
    Status.RETURNED: (
        "This offer is: returned. Possible now: go through its steps again, hand it in, take it back.",
        "该产品目前为“已退回”，只能：修改内容、提交审核、撤回。",
    ),
    Status.WITHDRAWN: (
        "This offer is: withdrawn. Nothing more can be done with it.",
        "该产品目前为“已撤回”，不能再做任何操作。",
    ),
    Status.EXPIRED: (
        "This offer is: expired. Nothing more can be done with it.",
        "该产品目前为“已过期”，不能再做任何操作。",
    ),
}
# In which state an act leaves the offer; the others leave it as it is.
LEADS_TO = {
    Move.SUBMIT: Status.SUBMITTED,
    Move.RECOGNISE: Status.RECOGNISED,
    Move.RETURN: Status.RETURNED,
    Move.WITHDRAW: Status.WITHDRAWN,
}
# A second click on what is done already changes nothing and is not refused.
DONE_ALREADY = {(Status.SUBMITTED, Move.SUBMIT), (Status.WITHDRAWN, Move.WITHDRAW)}


def photograph(scene: Scene, offer: UnsoldOffer) -> None:
    taken = BytesIO()
    Image.new("RGB", (1000, 800), "green").save(taken, "JPEG")
    services.set_photo(offer_id=offer.pk, photo=render_photo(taken), actor=scene.cadre)


def describe(scene: Scene, offer: UnsoldOffer) -> None:
    services.save_goods(
        offer_id=offer.pk, goods=offers.bamboo(scene.category), quantity=200, harvested_on=None,
        seen=offer.available, actor=scene.cadre, now=NOW,
    )  # fmt: skip


def ask(scene: Scene, offer: UnsoldOffer) -> None:
    services.save_terms(
        offer_id=offer.pk, terms=offers.terms(price=Decimal("4.80")), actor=scene.cadre, now=NOW
    )


def submit(scene: Scene, offer: UnsoldOffer) -> None:
    services.submit_offer(offer_id=offer.pk, actor=scene.cadre, now=NOW)


def recognise(scene: Scene, offer: UnsoldOffer) -> None:
    services.recognise_offer(offer_id=offer.pk, certificate=certificate(), actor=scene.officer, now=NOW)


def send_back(scene: Scene, offer: UnsoldOffer) -> None:
    services.return_offer(offer_id=offer.pk, reason="照片不清楚", actor=scene.officer, now=NOW)


def price(scene: Scene, offer: UnsoldOffer) -> None:
    services.change_price(offer_id=offer.pk, price=Decimal("4.90"), tiers=[], actor=scene.cadre, now=NOW)


def stock(scene: Scene, offer: UnsoldOffer) -> None:
    services.change_stock(offer_id=offer.pk, available=10, seen=offer.available, actor=scene.cadre, now=NOW)


def withdraw(scene: Scene, offer: UnsoldOffer) -> None:
    services.withdraw_offer(offer_id=offer.pk, actor=scene.cadre, now=NOW)


def expire(_scene: Scene, offer: UnsoldOffer) -> None:
    services.expire_offers(now=NOW.replace(year=offer.created_at.year + 1))


Act = Callable[[Scene, UnsoldOffer], None]
ACTS: list[tuple[Move, Act]] = [
    (Move.EDIT, photograph),
    (Move.EDIT, describe),
    (Move.EDIT, ask),
    (Move.SUBMIT, submit),
    (Move.RECOGNISE, recognise),
    (Move.RETURN, send_back),
    (Move.CHANGE, price),
    (Move.CHANGE, stock),
    (Move.WITHDRAW, withdraw),
]
WAYS: dict[Status, list[Act]] = {
    Status.DRAFT: [],
    Status.SUBMITTED: [submit],
    Status.RECOGNISED: [submit, recognise],
    Status.RETURNED: [submit, send_back],
    Status.WITHDRAWN: [submit, recognise, withdraw],
    Status.EXPIRED: [submit, recognise, expire],
}


def in_state(scene: Scene, status: Status) -> UnsoldOffer:
    offer = offers.filled(scene)
    for act in WAYS[status]:
        act(scene, offer)
    assert status_of(offer) == status
    return offer


def status_of(offer: UnsoldOffer) -> str:
    offer.refresh_from_db()
    return offer.status


@pytest.fixture
def scene(tmp_path: Path, settings: Settings) -> Scene:
    settings.MEDIA_ROOT = tmp_path
    return offers.scene()


def test_every_move_has_its_acts_and_every_state_its_text() -> None:
    assert {move for move, _act in ACTS} == set(Move)
    assert set(EXPLAINED) == set(WAYS) == set(ALLOWED) == set(Status)


@pytest.mark.parametrize("status", Status)
def test_what_the_state_allows_is_done(scene: Scene, status: Status) -> None:
    for move, act in ACTS:
        if move in ALLOWED[status]:
            offer = in_state(scene, status)
            before = fingerprint()
            act(scene, offer)
            assert fingerprint() != before
            assert status_of(offer) == LEADS_TO.get(move, status)


@pytest.mark.parametrize("status", Status)
def test_what_it_does_not_allow_is_refused_with_the_state_and_what_is_possible(
    scene: Scene, status: Status
) -> None:
    offer = in_state(scene, status)
    before = fingerprint()
    for move, act in ACTS:
        if (status, move) in DONE_ALREADY:
            act(scene, offer)
        elif move not in ALLOWED[status]:
            for language, explained in zip(("en", "zh-hans"), EXPLAINED[status], strict=True):
                with translation.override(language), pytest.raises(WrongStatus) as refused:
                    act(scene, offer)
                assert (refused.value.status, refused.value.allowed) == (status, ALLOWED[status])
                assert str(refused.value) == explained
    assert fingerprint() == before
