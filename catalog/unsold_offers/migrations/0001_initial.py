"""Offers of unsold products."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalogue", "0004_goods_class"),
        ("partner", "0007_stock_movements"),
        ("regions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="UnsoldOffer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("draft_key", models.CharField(max_length=64, verbose_name="draft's key")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "waiting for recognition"),
                            ("recognised", "on sale"),
                            ("returned", "returned"),
                            ("withdrawn", "withdrawn"),
                            ("expired", "expired"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                (
                    "quantity",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="quantity in sale units"),
                ),
                ("harvested_on", models.DateField(blank=True, null=True, verbose_name="harvested on")),
                (
                    "price",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="price, tax included",
                    ),
                ),
                (
                    "bulk_min_quantity",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="bulk price from"),
                ),
                (
                    "bulk_price",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="bulk price, tax included",
                    ),
                ),
                ("sell_by", models.DateField(blank=True, null=True, verbose_name="last day of sale")),
                ("created_at", models.DateTimeField(verbose_name="begun at")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("escalated_at", models.DateTimeField(blank=True, null=True, verbose_name="city told at")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unsold_offers",
                        to="catalogue.product",
                    ),
                ),
                (
                    "stock_record",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unsold_offers",
                        to="partner.stockrecord",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unsold_offers",
                        to="partner.partner",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unsold_offers",
                        to="regions.region",
                    ),
                ),
            ],
            options={
                "verbose_name": "unsold offer",
                "verbose_name_plural": "unsold offers",
                "indexes": [
                    models.Index(fields=["village", "status"], name="offer_by_village"),
                    models.Index(
                        condition=models.Q(("status__in", ("draft", "submitted", "recognised", "returned"))),
                        fields=["sell_by"],
                        name="open_offer_by_sell_by",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("supplier", "draft_key"), name="offer_once_per_draft_key"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("draft", "submitted", "recognised", "returned"))),
                        fields=("supplier", "product"),
                        name="one_open_offer_per_product",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ("draft", "returned", "withdrawn")),
                            models.Q(
                                ("price__isnull", False),
                                ("quantity__isnull", False),
                                ("sell_by__isnull", False),
                                ("stock_record__isnull", False),
                                ("submitted_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="submitted_offer_is_complete",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "returned"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="returned_offer_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("bulk_min_quantity__isnull", True), ("bulk_price__isnull", True)),
                            models.Q(("bulk_min_quantity__gte", 2), ("bulk_price__gt", 0)),
                            _connector="OR",
                        ),
                        name="offer_bulk_price_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__isnull", True), ("quantity__gte", 1), _connector="OR"),
                        name="offer_quantity_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price__isnull", True), ("price__gt", 0), _connector="OR"),
                        name="offer_price_positive",
                    ),
                ],
            },
        ),
    ]
