"""Suppliers (Oscar calls them partners) and their stock, forked from Oscar."""

from datetime import datetime
from typing import ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.partner.abstract_models import AbstractPartner, AbstractStockRecord

from catalog.partner.querysets import ENDS_AT, PartnerQuerySet, ReservationQuerySet, StockRecordQuerySet
from catalog.partner.uscc import USCC_PATTERN, validate_uscc
from marketplace.core.database.append_only import AppendOnlyModel


class Partner(AbstractPartner):
    """A supplier (供应商): who sells for the farmers, issues the invoice and is paid.

    Oscar's `users` stays empty: it would open Oscar's dashboard; members are in SupplierMembership.
    """

    class Kind(models.TextChoices):
        COOPERATIVE = "cooperative", _("farmers' cooperative")
        COLLECTIVE = "collective", _("village collective")
        FARM = "farm", _("family farm")
        COMPANY = "company", _("company")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.COOPERATIVE)
    uscc = models.CharField(
        _("unified social credit code"),
        max_length=18,
        unique=True,
        null=True,
        blank=True,
        validators=[validate_uscc],
    )
    region = models.ForeignKey(
        "regions.Region",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="suppliers",
        verbose_name=_("seat"),
    )
    contact_name = models.CharField(_("contact person"), max_length=50, blank=True)
    contact_phone = models.CharField(_("contact's phone number"), max_length=20, blank=True)
    flat_freight = models.DecimalField(
        _("freight per order"), max_digits=12, decimal_places=2, default=0, help_text=_("0 means free.")
    )
    account_name = models.CharField(_("account holder"), max_length=100, blank=True)
    bank_name = models.CharField(_("bank"), max_length=100, blank=True)
    account_number = models.CharField(_("account number"), max_length=34, blank=True)
    admitted_at = models.DateTimeField(_("admitted at"), null=True, blank=True)
    admitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("admitted by"),
    )

    objects = PartnerQuerySet.as_manager()

    class Meta(AbstractPartner.Meta):
        abstract = False
        verbose_name = _("supplier")
        verbose_name_plural = _("suppliers")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(uscc__isnull=True) | Q(uscc__regex=USCC_PATTERN), name="supplier_uscc_or_null"
            ),
            models.CheckConstraint(condition=Q(flat_freight__gte=0), name="supplier_freight_not_negative"),
            models.CheckConstraint(
                condition=Q(admitted_at__isnull=True, admitted_by__isnull=True)
                | Q(admitted_at__isnull=False, admitted_by__isnull=False),
                name="supplier_admitted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(account_name="", bank_name="", account_number="")
                | ~(Q(account_name="") | Q(bank_name="") | Q(account_number="")),
                name="supplier_account_whole_or_none",
            ),
        ]


class SupplierMembership(models.Model):
    """A person who acts for a supplier; who has left stays as an inactive row.

    A cadre lists, ships and sees to the money, a bookkeeper to the money only; a head does all of it and says
    who belongs to the supplier.
    """

    class Role(models.TextChoices):
        HEAD = "head", _("head")
        CADRE = "cadre", _("cadre")
        BOOKKEEPER = "bookkeeper", _("bookkeeper")

    HANDLING_GOODS = (Role.HEAD, Role.CADRE)

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="supplier_memberships"
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.CADRE)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("supplier membership")
        verbose_name_plural = _("supplier memberships")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("partner", "user"), name="supplier_membership_once")
        ]

    def __str__(self) -> str:
        return f"{self.partner_id}/{self.user_id}"

    @property
    def handles_goods(self) -> bool:
        """Whether the role is one that lists and ships."""
        return self.role in self.HANDLING_GOODS

    @property
    def is_head(self) -> bool:
        """Whether the role is the one that says who belongs to the supplier."""
        return self.role == self.Role.HEAD


class SupplierVillage(models.Model):
    """A village whose goods the supplier may list."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="supplier_villages")
    village = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="supplier_villages")

    class Meta:
        verbose_name = _("supplier's village")
        verbose_name_plural = _("suppliers' villages")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("partner", "village"), name="supplier_village_once")
        ]

    def __str__(self) -> str:
        return f"{self.partner_id}/{self.village_id}"


class StockRecord(AbstractStockRecord):
    """One supplier's stock and price of one product. Written by catalog.partner.services only.

    On sale while now lies in both half-open windows, recognition's and the offer's, which these push down.
    """

    product = models.ForeignKey(
        "catalogue.Product", on_delete=models.PROTECT, related_name="stockrecords", verbose_name=_("product")
    )
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="stockrecords", verbose_name=_("supplier")
    )
    # NOT NULL, because a NULL would pass the check below.
    price = models.DecimalField(_("price, tax included"), max_digits=12, decimal_places=2)
    num_in_stock = models.PositiveIntegerField(_("number in stock"), default=0)
    num_allocated = models.PositiveIntegerField(_("number reserved or sold and not yet shipped"), default=0)
    recognised_from = models.DateTimeField(_("recognised from"), null=True, blank=True)
    recognised_until = models.DateTimeField(_("recognised until, exclusive"), null=True, blank=True)
    offered_from = models.DateTimeField(_("offered from"), null=True, blank=True)
    offered_until = models.DateTimeField(_("offered until, exclusive"), null=True, blank=True)

    objects = StockRecordQuerySet.as_manager()

    class Meta(AbstractStockRecord.Meta):
        abstract = False
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("partner", "product"), name="stock_record_once_per_supplier"),
            models.CheckConstraint(
                condition=Q(num_allocated__gte=0, num_allocated__lte=F("num_in_stock")),
                name="stock_never_oversold",
            ),
            models.CheckConstraint(condition=Q(price__gt=0), name="stock_price_positive"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(ENDS_AT, "id", name="stock_by_end"),
        ]

    def is_recognised(self, now: datetime) -> bool:
        """Whether recognition's window contains now."""
        return _contains(self.recognised_from, self.recognised_until, now)

    def is_open(self, now: datetime) -> bool:
        """Whether both windows contain now."""
        return self.is_recognised(now) and _contains(self.offered_from, self.offered_until, now)

    def allocate(self, quantity: int) -> NoReturn:
        """Refused: Oscar's way adds without looking, and oversells. Use services.reserve."""
        raise NotImplementedError("Stock is written by catalog.partner.services.")

    consume_allocation = allocate
    cancel_allocation = allocate


def _contains(start: datetime | None, end: datetime | None, now: datetime) -> bool:
    return start is not None and end is not None and start <= now < end


class PriceTier(models.Model):
    """A lower unit price from a quantity on."""

    stock_record = models.ForeignKey(StockRecord, on_delete=models.PROTECT, related_name="tiers")
    min_quantity = models.PositiveIntegerField(_("from quantity"))
    price = models.DecimalField(_("price, tax included"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("bulk price")
        verbose_name_plural = _("bulk prices")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("stock_record", "min_quantity"), name="price_tier_once"),
            models.CheckConstraint(condition=Q(min_quantity__gte=2), name="price_tier_from_two"),
            models.CheckConstraint(condition=Q(price__gt=0), name="price_tier_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.stock_record_id}: {self.min_quantity} × {self.price}"


class Reservation(models.Model):
    """Sale units held for a request until `expires_at`, or sold to an order (no end) and not yet shipped."""

    stock_record = models.ForeignKey(StockRecord, on_delete=models.PROTECT, related_name="reservations")
    source_key = models.CharField(_("held for"), max_length=64)
    quantity = models.PositiveIntegerField(_("quantity"))
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"))

    objects = ReservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("source_key", "stock_record"), name="reservation_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="reservation_quantity_positive"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["expires_at"],
                condition=Q(expires_at__isnull=False),
                name="reservation_by_expiry",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_key}: {self.quantity} of {self.stock_record_id}"


class StockMovement(AppendOnlyModel):
    """A change of one stock record's numbers, and why; all of them together explain the numbers."""

    class Reason(models.TextChoices):
        COUNTED = "counted", _("stock set by the supplier")
        RESERVED = "reserved", _("reserved")
        RELEASED = "released", _("reservation given back")
        EXPIRED = "expired", _("reservation expired")
        FREED = "freed", _("cancelled before dispatch")
        SHIPPED = "shipped", _("shipped")

    stock_record = models.ForeignKey(StockRecord, on_delete=models.PROTECT, related_name="movements")
    at = models.DateTimeField(_("time"))
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)
    note = models.CharField(_("note"), max_length=200, blank=True)
    source_key = models.CharField(_("held for"), max_length=64, blank=True)
    delta_in_stock = models.IntegerField(_("change of the stock"))
    delta_allocated = models.IntegerField(_("change of what is reserved"))
    actor_id = models.BigIntegerField(_("actor's number"), null=True)

    class Meta:
        verbose_name = _("stock movement")
        verbose_name_plural = _("stock movements")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["stock_record", "at", "id"], name="movement_by_record"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(delta_in_stock=0, delta_allocated=0), name="movement_moves_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reason} #{self.pk}"


# Oscar registers its own class for whatever is not registered yet: hence after ours, and by name.
from oscar.apps.partner.models import PartnerAddress, StockAlert  # noqa: E402

__all__ = [
    "Partner",
    "PartnerAddress",
    "PriceTier",
    "Reservation",
    "StockAlert",
    "StockMovement",
    "StockRecord",
    "SupplierMembership",
    "SupplierVillage",
]
