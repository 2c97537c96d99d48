"""Every change of stock, append-only."""

import django.db.models.deletion
from django.db import migrations, models

from marketplace.core.database.append_only import guard_append_only


class Migration(migrations.Migration):
    dependencies = [
        ("partner", "0006_reservations"),
    ]

    operations = [
        migrations.CreateModel(
            name="StockMovement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="time")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("counted", "stock set by the supplier"),
                            ("reserved", "reserved"),
                            ("released", "reservation given back"),
                            ("expired", "reservation expired"),
                            ("freed", "cancelled before dispatch"),
                            ("shipped", "shipped"),
                        ],
                        max_length=12,
                        verbose_name="reason",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("source_key", models.CharField(blank=True, max_length=64, verbose_name="held for")),
                ("delta_in_stock", models.IntegerField(verbose_name="change of the stock")),
                ("delta_allocated", models.IntegerField(verbose_name="change of what is reserved")),
                ("actor_id", models.BigIntegerField(null=True, verbose_name="actor's number")),
                (
                    "stock_record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements",
                        to="partner.stockrecord",
                    ),
                ),
            ],
            options={
                "verbose_name": "stock movement",
                "verbose_name_plural": "stock movements",
                "indexes": [models.Index(fields=["stock_record", "at", "id"], name="movement_by_record")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("delta_allocated", 0), ("delta_in_stock", 0), _negated=True),
                        name="movement_moves_something",
                    )
                ],
            },
        ),
        guard_append_only("partner_stockmovement"),
    ]
