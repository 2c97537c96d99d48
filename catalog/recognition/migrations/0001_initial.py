"""Recognitions of goods in directories."""

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
            name="Recognition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("village_code", models.CharField(max_length=12, verbose_name="village of origin")),
                (
                    "directory",
                    models.CharField(
                        choices=[
                            ("national", "national directory"),
                            ("guangdong", "Guangdong directory"),
                            ("local", "local directory"),
                        ],
                        max_length=10,
                        verbose_name="directory",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="certificate number")),
                ("batch", models.CharField(blank=True, max_length=60, verbose_name="batch")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_until", models.DateField(verbose_name="valid until, exclusive")),
                (
                    "yearly_capacity",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="yearly capacity in sale units"
                    ),
                ),
                (
                    "recognised_price",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="recognised price"),
                ),
                ("decided_at", models.DateTimeField(verbose_name="decided at")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked at")),
                (
                    "revocation_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="reason for revoking"),
                ),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
                    ),
                ),
                (
                    "decided_by",
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
                        related_name="recognitions",
                        to="catalogue.product",
                    ),
                ),
                (
                    "stock_record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recognitions",
                        to="partner.stockrecord",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recognitions",
                        to="partner.partner",
                    ),
                ),
            ],
            options={
                "verbose_name": "recognition",
                "verbose_name_plural": "recognitions",
                "indexes": [
                    models.Index(fields=["stock_record", "valid_until"], name="recognition_by_stock_record"),
                    models.Index(fields=["decided_at"], name="recognition_by_decision"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gt", models.F("valid_from"))),
                        name="recognition_window_is_not_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recognised_price__gt", 0)), name="recognition_price_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("yearly_capacity__isnull", True), ("yearly_capacity__gte", 1), _connector="OR"
                        ),
                        name="recognition_capacity_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("village_code__regex", "^\\d{12}$")),
                        name="recognition_village_is_a_village",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_at__isnull", True),
                            models.Q(("revocation_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="revocation_has_a_reason",
                    ),
                ],
            },
        ),
    ]
