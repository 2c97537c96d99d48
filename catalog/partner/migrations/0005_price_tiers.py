"""Bulk prices from a quantity on."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partner", "0004_guarded_stock"),
    ]

    operations = [
        migrations.CreateModel(
            name="PriceTier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("min_quantity", models.PositiveIntegerField(verbose_name="from quantity")),
                (
                    "price",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="price, tax included"),
                ),
                (
                    "stock_record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tiers",
                        to="partner.stockrecord",
                    ),
                ),
            ],
            options={
                "verbose_name": "bulk price",
                "verbose_name_plural": "bulk prices",
                "constraints": [
                    models.UniqueConstraint(fields=("stock_record", "min_quantity"), name="price_tier_once"),
                    models.CheckConstraint(
                        condition=models.Q(("min_quantity__gte", 2)), name="price_tier_from_two"
                    ),
                    models.CheckConstraint(condition=models.Q(("price__gt", 0)), name="price_tier_positive"),
                ],
            },
        ),
    ]
