"""Who acts for a supplier, and for which villages it may list."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("partner", "0002_supplier"),
        ("regions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SupplierMembership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("head", "head"), ("cadre", "cadre"), ("bookkeeper", "bookkeeper")],
                        default="cadre",
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="partner.partner",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supplier_memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "supplier membership",
                "verbose_name_plural": "supplier memberships",
                "constraints": [
                    models.UniqueConstraint(fields=("partner", "user"), name="supplier_membership_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SupplierVillage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supplier_villages",
                        to="partner.partner",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supplier_villages",
                        to="regions.region",
                    ),
                ),
            ],
            options={
                "verbose_name": "supplier's village",
                "verbose_name_plural": "suppliers' villages",
                "constraints": [
                    models.UniqueConstraint(fields=("partner", "village"), name="supplier_village_once")
                ],
            },
        ),
    ]
