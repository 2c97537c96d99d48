"""Favourites, written. Oscar's own `WishList.add` would count a second click as a second piece."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from oscar.apps.wishlists.models import Line, WishList

from catalog.catalogue.models import Product
from marketplace.accounts.models import User
from marketplace.core.locks import advisory_lock

MOST_FAVOURITES = 200


class TooManyFavourites(Exception):
    """The person has marked as many products as anybody looks through."""

    def __init__(self) -> None:
        text = _("You have marked %(most)d products already. Take out some that you no longer want.")
        super().__init__(text % {"most": MOST_FAVOURITES})


@transaction.atomic
def mark(*, user: User, product_id: int) -> None:
    """The product is among the user's favourites; a second time changes nothing.

    Raises:
        Product.DoesNotExist: there is none that the public sees.
        TooManyFavourites: MOST_FAVOURITES are marked.
    """
    product = Product.objects.filter(is_public=True).get(pk=product_id)
    # Oscar allows several lists, and a person's first has no row to lock.
    advisory_lock("favourites", str(user.pk))
    marked = Line.objects.filter(wishlist__owner=user)
    if marked.filter(product=product).exists():
        return
    if marked.count() >= MOST_FAVOURITES:
        raise TooManyFavourites
    own = WishList.objects.filter(owner=user).order_by("pk").first() or WishList.objects.create(owner=user)
    Line.objects.create(wishlist=own, product=product, title=product.title)


@transaction.atomic
def unmark(*, user: User, product_id: int) -> None:
    """The product is none of the user's favourites; a second time changes nothing."""
    Line.objects.filter(wishlist__owner=user, product=product_id).delete()
