"""A supplier has a code, a seat, a contact, a bank account and an admission."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import catalog.partner.uscc


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("partner", "0001_initial"),
        ("regions", "0001_initial"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="partner",
            options={
                "ordering": ("name", "code"),
                "permissions": (("dashboard_access", "Can access dashboard"),),
                "verbose_name": "supplier",
                "verbose_name_plural": "suppliers",
            },
        ),
        migrations.AddField(
            model_name="partner",
            name="account_name",
            field=models.CharField(blank=True, max_length=100, verbose_name="account holder"),
        ),
        migrations.AddField(
            model_name="partner",
            name="account_number",
            field=models.CharField(blank=True, max_length=34, verbose_name="account number"),
        ),
        migrations.AddField(
            model_name="partner",
            name="admitted_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="admitted at"),
        ),
        migrations.AddField(
            model_name="partner",
            name="admitted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="admitted by",
            ),
        ),
        migrations.AddField(
            model_name="partner",
            name="bank_name",
            field=models.CharField(blank=True, max_length=100, verbose_name="bank"),
        ),
        migrations.AddField(
            model_name="partner",
            name="contact_name",
            field=models.CharField(blank=True, max_length=50, verbose_name="contact person"),
        ),
        migrations.AddField(
            model_name="partner",
            name="contact_phone",
            field=models.CharField(blank=True, max_length=20, verbose_name="contact's phone number"),
        ),
        migrations.AddField(
            model_name="partner",
            name="flat_freight",
            field=models.DecimalField(
                decimal_places=2,
                default=0,
                help_text="0 means free.",
                max_digits=12,
                verbose_name="freight per order",
            ),
        ),
        migrations.AddField(
            model_name="partner",
            name="kind",
            field=models.CharField(
                choices=[
                    ("cooperative", "farmers' cooperative"),
                    ("collective", "village collective"),
                    ("farm", "family farm"),
                    ("company", "company"),
                ],
                default="cooperative",
                max_length=12,
                verbose_name="kind",
            ),
        ),
        migrations.AddField(
            model_name="partner",
            name="region",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suppliers",
                to="regions.region",
                verbose_name="seat",
            ),
        ),
        migrations.AddField(
            model_name="partner",
            name="uscc",
            field=models.CharField(
                blank=True,
                max_length=18,
                null=True,
                unique=True,
                validators=[catalog.partner.uscc.validate_uscc],
                verbose_name="unified social credit code",
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("uscc__isnull", True),
                    (
                        "uscc__regex",
                        "^[0-9ANY][0-9ABCDEFGHJKLMNPQRTUWXY][0-9]{6}[0-9ABCDEFGHJKLMNPQRTUWXY]{10}$",
                    ),
                    _connector="OR",
                ),
                name="supplier_uscc_or_null",
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(("flat_freight__gte", 0)), name="supplier_freight_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("admitted_at__isnull", True), ("admitted_by__isnull", True)),
                    models.Q(("admitted_at__isnull", False), ("admitted_by__isnull", False)),
                    _connector="OR",
                ),
                name="supplier_admitted_by_somebody",
            ),
        ),
    ]
