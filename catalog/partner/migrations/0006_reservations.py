"""Sale units held for a request or an order."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partner", "0005_price_tiers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reservation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source_key", models.CharField(max_length=64, verbose_name="held for")),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="expires at")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                (
                    "stock_record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reservations",
                        to="partner.stockrecord",
                    ),
                ),
            ],
            options={
                "verbose_name": "reservation",
                "verbose_name_plural": "reservations",
                "indexes": [
                    models.Index(
                        condition=models.Q(("expires_at__isnull", False)),
                        fields=["expires_at"],
                        name="reservation_by_expiry",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("source_key", "stock_record"), name="reservation_once"),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 1)), name="reservation_quantity_positive"
                    ),
                ],
            },
        ),
    ]
