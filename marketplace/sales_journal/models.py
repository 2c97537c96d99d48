"""The journal (append-only, partitioned by year), its roll-ups, and the months that are closed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from marketplace.core.database.append_only import AppendOnlyModel
from marketplace.sales_journal.kinds import BASIS, REVERSALS, Basis, Kind

# Compared byte by byte, so that a subtree is one range of an index whatever the server's locale.
BYTEWISE = "C"


def kind_gives_basis_and_sign() -> Q:
    """The condition that a row's basis and signs are its kind's; an adjustment may have either sign."""
    condition = Q()
    for kind, basis in BASIS.items():
        signs = Q()
        if kind is not Kind.ADJUSTED:
            side = "lte" if kind in REVERSALS else "gte"
            signs = Q(**{f"{name}__{side}": 0 for name in ("amount_fen", "weight_grams", "quantity")})
        condition |= Q(kind=kind, basis=basis) & signs
    return condition


def is_first_of_month(field: str, name: str) -> models.CheckConstraint:
    """The constraint that the field holds the first day of a month."""
    return models.CheckConstraint(condition=Q(**{f"{field}__day": 1}), name=name)


class SalesEvent(AppendOnlyModel):
    """Something that happened to sold goods, once: its key is unique over the whole journal.

    `counted_on` is the event's day in Asia/Shanghai, or the booking day if that month was closed by then.
    """

    key = models.CharField(_("key"), max_length=100, unique=True)
    event_at = models.DateTimeField(_("happened at"))
    booked_at = models.DateTimeField(_("booked at"))
    counted_on = models.DateField(_("counted on"))

    class Meta:
        verbose_name = _("sales event")
        verbose_name_plural = _("sales events")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # The journal's foreign key needs it: an event's lines all count on the event's own day.
            models.UniqueConstraint(fields=["id", "counted_on"], name="sales_event_has_one_day"),
        ]

    def __str__(self) -> str:
        return self.key


class JournalEntry(AppendOnlyModel):
    """One line of an event, signed, with its dimensions frozen as they were that day.

    Partitioned by the year of `counted_on`: no partition, no entry.
    """

    pk = models.CompositePrimaryKey("counted_on", "event_id", "line_key")
    counted_on = models.DateField(_("counted on"))
    # The database's own foreign key is (event_id, counted_on), which Django cannot say.
    event = models.ForeignKey(
        SalesEvent,
        on_delete=models.PROTECT,
        related_name="entries",
        db_constraint=False,
        db_index=False,
        verbose_name=_("event"),
    )
    line_key = models.CharField(_("line"), max_length=64)
    basis = models.CharField(_("basis"), max_length=10, choices=Basis.choices)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    amount_fen = models.BigIntegerField(_("amount in fen"))
    weight_grams = models.BigIntegerField(_("weight in grams"))
    quantity = models.IntegerField(_("sale units"))
    village_code = models.CharField(_("village of origin"), max_length=12, db_collation=BYTEWISE)
    county_code = models.CharField(_("county of origin"), max_length=6, db_collation=BYTEWISE)
    supplier_id = models.BigIntegerField(_("supplier's number"))
    supplier_name = models.CharField(_("supplier"), max_length=200)
    product_id = models.BigIntegerField(_("product's number"))
    product_title = models.CharField(_("product"), max_length=255)
    category_id = models.BigIntegerField(_("category's number"))
    buyer_kind = models.CharField(_("kind of buyer"), max_length=20)
    buyer_id = models.BigIntegerField(_("buyer's number"))
    buyer_region_code = models.CharField(_("buyer's region"), max_length=12, db_collation=BYTEWISE)
    channel = models.CharField(_("channel"), max_length=20)
    campaign_id = models.BigIntegerField(_("campaign's number"), null=True, blank=True)
    pairs = models.JSONField(_("assistance pairs"), default=list, blank=True)
    rules = models.JSONField(_("rules met"), default=list, blank=True)
    source_order_id = models.BigIntegerField(_("order's number"))
    source_line_id = models.BigIntegerField(_("order line's number"))

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["village_code", "counted_on"], name="journal_by_village"),
            models.Index(fields=["source_order_id", "source_line_id"], name="journal_by_order"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=kind_gives_basis_and_sign(), name="journal_kind_gives_basis_and_sign"
            ),
            models.CheckConstraint(
                condition=Q(village_code__regex=r"^[1-9]\d{11}$", county_code=Left("village_code", 6)),
                name="journal_county_begins_the_village",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}/{self.line_key} {self.kind} {self.amount_fen}"


class Sums(models.Model):
    """The columns that a roll-up adds up."""

    contracted_fen = models.BigIntegerField(_("contracted, fen"), default=0)
    accepted_fen = models.BigIntegerField(_("accepted, fen"), default=0)
    paid_fen = models.BigIntegerField(_("paid, fen"), default=0)
    contracted_grams = models.BigIntegerField(_("contracted, grams"), default=0)
    accepted_grams = models.BigIntegerField(_("accepted, grams"), default=0)

    class Meta:
        abstract = True


class DailyTotal(Sums):
    """A village's sums of one day."""

    pk = models.CompositePrimaryKey("day", "village_code")
    day = models.DateField(_("day"))
    village_code = models.CharField(_("village of origin"), max_length=12, db_collation=BYTEWISE)
    county_code = models.CharField(_("county of origin"), max_length=6, db_collation=BYTEWISE)

    class Meta:
        verbose_name = _("daily total")
        verbose_name_plural = _("daily totals")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["village_code", "day"], name="daily_total_by_village"),
            models.Index(fields=["county_code", "day"], name="daily_total_by_county"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(county_code=Left("village_code", 6)), name="daily_total_county_begins_the_village"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.village_code}"


class MonthlyTotal(Sums):
    """A county's sums of one month, whose first day is `month`."""

    pk = models.CompositePrimaryKey("month", "county_code")
    month = models.DateField(_("month"))
    county_code = models.CharField(_("county of origin"), max_length=6, db_collation=BYTEWISE)

    class Meta:
        verbose_name = _("monthly total")
        verbose_name_plural = _("monthly totals")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["county_code", "month"], name="monthly_total_by_county"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            is_first_of_month("month", "monthly_total_is_of_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.county_code}"


class CampaignTotal(Sums):
    """What was sold by a campaign from a county, over all time."""

    pk = models.CompositePrimaryKey("campaign_id", "county_code")
    campaign_id = models.BigIntegerField(_("campaign's number"))
    county_code = models.CharField(_("county of origin"), max_length=6, db_collation=BYTEWISE)

    class Meta:
        verbose_name = _("campaign's total")
        verbose_name_plural = _("campaigns' totals")

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.county_code}"


class ClosingProposal(models.Model):
    """One person says that a past month may be closed; another one has to close it."""

    month = models.DateField(_("month"), primary_key=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed at"))

    class Meta:
        verbose_name = _("proposal to close a month")
        verbose_name_plural = _("proposals to close a month")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            is_first_of_month("month", "closing_proposal_is_of_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class MonthClosure(AppendOnlyModel):
    """A month in which nothing is counted any more, by two persons; it never opens again."""

    month = models.DateField(_("month"), primary_key=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("closed by")
    )
    closed_at = models.DateTimeField(_("closed at"))

    class Meta:
        verbose_name = _("closed month")
        verbose_name_plural = _("closed months")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            is_first_of_month("month", "month_closure_is_of_a_month"),
            models.CheckConstraint(
                condition=~Q(closed_by=F("proposed_by")), name="month_closure_takes_two_persons"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
