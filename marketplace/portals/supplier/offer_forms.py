"""What a cadre types about an unsold product: three short steps, and later price and stock."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.models import Category, Product
from catalog.catalogue.photos import InvalidPhoto, RenderedPhoto, render_photo
from catalog.catalogue.services import Goods
from catalog.catalogue.units import GRAMS_OF_UNIT, SaleUnit, Storage
from catalog.partner.models import SupplierVillage
from catalog.partner.services import Tier
from catalog.unsold_offers.models import UnsoldOffer
from catalog.unsold_offers.services import Terms
from marketplace.portals.fields import DayField, PriceField, QuantityField, SeenField
from marketplace.portals.service_forms import ServiceForm

# What weighs the same by its name, by the key that the form sends.
WEIGHED = {unit.value: grams for unit, grams in GRAMS_OF_UNIT.items()}


class PhotoForm(ServiceForm):
    """Step 1 of an offer that is there: its photo."""

    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        widget=forms.FileInput,
        help_text=_("Get close, in good light. You can also add it later."),
    )

    def clean_photo(self) -> RenderedPhoto | None:
        """The photo, judged and made small; None if none was sent. Raises ValidationError."""
        sent = self.cleaned_data["photo"]
        try:
            return render_photo(sent) if sent else None
        except InvalidPhoto as error:
            raise ValidationError(str(error)) from error


class NewOfferForm(PhotoForm):
    """Step 1: the photo, and the village. `draft_key` is made with the form: sent twice, it is one offer."""

    draft_key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    village = forms.TypedChoiceField(
        label=_("From which village?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("You cannot sell for this village. Choose one of those here.")},
    )

    def __init__(self, villages: Iterable[SupplierVillage], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.villages = {each.pk: each for each in villages}
        self.fields["village"].choices = [  # type: ignore[attr-defined]
            (pk, each.village.name) for pk, each in self.villages.items()
        ]
        self.initial.setdefault("draft_key", uuid4().hex)
        if len(self.villages) == 1:
            self.initial.setdefault("village", next(iter(self.villages)))

    @property
    def chosen(self) -> SupplierVillage:
        """The village, with the supplier that sells for it."""
        return self.villages[self.cleaned_data["village"]]


class GoodsForm(ServiceForm):
    """Step 2: what and how much."""

    title = forms.CharField(label=_("What is it?"), max_length=40)
    category: forms.ModelChoiceField[Category] = forms.ModelChoiceField(
        label=_("Kind"), queryset=Category.objects.none(), empty_label=_("Choose one")
    )
    sale_unit = forms.ChoiceField(label=_("Sold by"), choices=SaleUnit.choices)
    net_weight_grams = QuantityField(
        label=_("What does one weigh?"),
        least=1,
        help_text=_("Net, without the box. For jin and kilogram leave it empty."),
    )
    quantity = QuantityField(label=_("How many are there?"), required=True, least=1)
    harvested_on = DayField(label=_("Harvested on"), required=False)
    shelf_life_days = QuantityField(label=_("Keeps for how many days?"), least=1)
    storage = forms.ChoiceField(label=_("How to keep it"), choices=Storage.choices, widget=forms.RadioSelect)
    seen = SeenField()
    story = forms.CharField(
        label=_("Its story"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who grows it, and how? Two or three sentences."),
    )

    def __init__(self, offer: UnsoldOffer, data: QueryDict | None) -> None:
        super().__init__(data, initial=goods_of(offer))
        self.product: Product = offer.product
        self.fields["category"].queryset = Category.objects.filter(numchild=0).order_by("path")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What weighs a jin or a kilogram need not be said."""
        data = self.cleaned_data
        if not data.get("net_weight_grams") and "net_weight_grams" in data:
            data["net_weight_grams"] = WEIGHED.get(str(data.get("sale_unit")), 0)
        return data

    @property
    def goods(self) -> Goods:
        """The description as the service takes it; the season stays as it is."""
        data = self.cleaned_data
        return Goods(
            title=data["title"],
            category=data["category"],
            sale_unit=SaleUnit(data["sale_unit"]),
            net_weight_grams=data["net_weight_grams"],
            storage=Storage(data["storage"]),
            harvest_first_month=self.product.harvest_first_month,
            harvest_last_month=self.product.harvest_last_month,
            shelf_life_days=data["shelf_life_days"] or None,
            story=data["story"],
        )


def goods_of(offer: UnsoldOffer) -> dict[str, Any]:
    """What step 2 begins with: what was said before."""
    product = offer.product
    return {
        "title": product.title,
        "category": next(iter(product.categories.all()), None),
        "sale_unit": product.sale_unit,
        "net_weight_grams": product.net_weight_grams,
        "quantity": offer.available or None,
        "seen": offer.available if offer.stock_record else None,
        "harvested_on": offer.harvested_on,
        "shelf_life_days": product.shelf_life_days,
        "storage": product.storage,
        "story": product.description,
    }


class PriceForm(ServiceForm):
    """What one costs, and less from a quantity on."""

    price = PriceField(label=_("Price of one"))
    bulk_min_quantity = QuantityField(label=_("From how many is it cheaper?"), least=2)
    bulk_price = PriceField(label=_("Then one costs"), required=False)

    @property
    def tiers(self) -> list[Tier]:
        """The bulk price, if there is one."""
        data = self.cleaned_data
        wanted = data["bulk_min_quantity"] or data["bulk_price"] is not None
        return [Tier(data["bulk_min_quantity"], data["bulk_price"] or Decimal(0))] if wanted else []


class TermsForm(PriceForm):
    """Step 3: the price, and until when."""

    sell_by = DayField(
        label=_("On sale until"), help_text=_("Including this day. Then it goes off sale by itself.")
    )

    @property
    def terms(self) -> Terms:
        """Price and last day as the service takes them."""
        data = self.cleaned_data
        sell_by: date = data["sell_by"]
        return Terms(data["price"], sell_by, data["bulk_min_quantity"] or None, data["bulk_price"])


class CheckForm(ServiceForm):
    """The last look before handing in: nothing to type, but something may be missing in a step."""

    def add_problems(self, problems: Mapping[str, str]) -> None:
        """Each problem with the name of the field in its step."""
        fields = GoodsForm.base_fields | TermsForm.base_fields
        for name, problem in problems.items():
            label = fields[name].label if name in fields else ""
            self.add_error(None, f"{label}{_(': ')}{problem}" if label else problem)


class StockForm(ServiceForm):
    """How many can be bought now."""

    quantity = QuantityField(
        label=_("How many are there to buy?"), required=True, help_text=_("0 means: sold out for now.")
    )
    seen = SeenField()
