import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("basket", "0004_institution"),
        ("catalogue", "0003_product_origin_unit_and_season"),
        ("institutions", "0001_initial"),
        ("order", "0001_initial"),
        ("partner", "0007_stock_movements"),
        ("regions", "0001_initial"),
        ("sites", "0002_alter_domain_unique"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Purchase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="purchase number")),
                ("placed_at", models.DateTimeField(verbose_name="placed at")),
                ("goods_fen", models.BigIntegerField(verbose_name="goods, in fen")),
                ("freight_fen", models.BigIntegerField(verbose_name="freight, in fen")),
                (
                    "transfer_reference",
                    models.CharField(max_length=9, unique=True, verbose_name="transfer reference"),
                ),
                ("purpose", models.CharField(blank=True, max_length=200, verbose_name="purpose")),
                ("wanted_on", models.DateField(null=True, verbose_name="wanted by")),
                ("recipient", models.CharField(max_length=50, verbose_name="recipient")),
                ("recipient_phone", models.CharField(max_length=20, verbose_name="recipient's phone")),
                ("delivery_address", models.CharField(max_length=200, verbose_name="street and number")),
            ],
            options={
                "verbose_name": "purchase",
                "verbose_name_plural": "purchases",
            },
        ),
        migrations.AddField(
            model_name="line",
            name="category_id",
            field=models.BigIntegerField(null=True, verbose_name="category"),
        ),
        migrations.AddField(
            model_name="line",
            name="county_code",
            field=models.CharField(blank=True, max_length=6, verbose_name="county of origin"),
        ),
        migrations.AddField(
            model_name="line",
            name="needs_certificate",
            field=models.BooleanField(default=False, verbose_name="needs a compliance certificate"),
        ),
        migrations.AddField(
            model_name="line",
            name="net_weight_grams",
            field=models.PositiveIntegerField(default=0, verbose_name="net weight of a sale unit, in grams"),
        ),
        migrations.AddField(
            model_name="line",
            name="paid_fen",
            field=models.BigIntegerField(default=0, verbose_name="paid, in fen"),
        ),
        migrations.AddField(
            model_name="line",
            name="quantity_accepted",
            field=models.PositiveIntegerField(default=0, verbose_name="accepted"),
        ),
        migrations.AddField(
            model_name="line",
            name="quantity_cancelled",
            field=models.PositiveIntegerField(default=0, verbose_name="cancelled"),
        ),
        migrations.AddField(
            model_name="line",
            name="quantity_confirmed",
            field=models.PositiveIntegerField(default=0, verbose_name="confirmed"),
        ),
        migrations.AddField(
            model_name="line",
            name="quantity_rejected",
            field=models.PositiveIntegerField(default=0, verbose_name="not accepted"),
        ),
        migrations.AddField(
            model_name="line",
            name="quantity_returned",
            field=models.PositiveIntegerField(default=0, verbose_name="returned"),
        ),
        migrations.AddField(
            model_name="line",
            name="quantity_shipped",
            field=models.PositiveIntegerField(default=0, verbose_name="shipped"),
        ),
        migrations.AddField(
            model_name="line",
            name="recognition",
            field=models.JSONField(default=dict, verbose_name="recognition"),
        ),
        migrations.AddField(
            model_name="line",
            name="repaid_fen",
            field=models.BigIntegerField(default=0, verbose_name="paid back, in fen"),
        ),
        migrations.AddField(
            model_name="line",
            name="sale_unit",
            field=models.CharField(blank=True, max_length=12, verbose_name="sale unit"),
        ),
        migrations.AddField(
            model_name="line",
            name="village_code",
            field=models.CharField(blank=True, max_length=12, verbose_name="village of origin"),
        ),
        migrations.AddField(
            model_name="order",
            name="confirmed_at",
            field=models.DateTimeField(null=True, verbose_name="confirmed at"),
        ),
        migrations.AddField(
            model_name="order",
            name="freight_paid_fen",
            field=models.BigIntegerField(default=0, verbose_name="freight paid, in fen"),
        ),
        migrations.AddField(
            model_name="order",
            name="payment_status",
            field=models.CharField(
                choices=[
                    ("unpaid", "unpaid"),
                    ("part", "partly paid"),
                    ("paid", "paid"),
                    ("refunded", "paid back"),
                ],
                default="unpaid",
                max_length=16,
                verbose_name="payment status",
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="supplier",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orders",
                to="partner.partner",
            ),
        ),
        migrations.AlterField(
            model_name="line",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="order.order",
                verbose_name="Order",
            ),
        ),
        migrations.AlterField(
            model_name="line",
            name="partner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="order_lines",
                to="partner.partner",
            ),
        ),
        migrations.AlterField(
            model_name="line",
            name="product",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="order_lines",
                to="catalogue.product",
            ),
        ),
        migrations.AlterField(
            model_name="line",
            name="stockrecord",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="order_lines",
                to="partner.stockrecord",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "quantity__gte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("quantity_cancelled"), "+", models.F("quantity_shipped")
                        ),
                    )
                ),
                name="order_line_shipped_and_cancelled_within_ordered",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "quantity_shipped__gte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("quantity_accepted"), "+", models.F("quantity_rejected")
                        ),
                    )
                ),
                name="order_line_accepted_and_rejected_within_shipped",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity_accepted__gte", models.F("quantity_returned"))),
                name="order_line_returned_within_accepted",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", models.F("quantity_confirmed"))),
                name="order_line_confirmed_within_ordered",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(("paid_fen__gte", models.F("repaid_fen")), ("repaid_fen__gte", 0)),
                name="order_line_paid_back_within_paid",
            ),
        ),
        migrations.AddField(
            model_name="purchase",
            name="approved_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="approved_purchases",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="purchase",
            name="buyer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="purchases",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="purchase",
            name="delivery_region",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
            ),
        ),
        migrations.AddField(
            model_name="purchase",
            name="institution",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="purchases",
                to="institutions.institution",
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="purchase",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orders",
                to="order.purchase",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(
                fields=("purchase", "supplier"), name="one_order_per_purchase_and_supplier"
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("freight_paid_fen__gte", 0)), name="order_freight_paid_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("purchase__isnull", True),
                    (
                        "status__in",
                        [
                            "contracted",
                            "confirmed",
                            "part_shipped",
                            "shipped",
                            "part_accepted",
                            "accepted",
                            "returned",
                            "cancelled",
                        ],
                    ),
                    _connector="OR",
                ),
                name="order_status_is_a_fulfilment",
            ),
        ),
        migrations.AddConstraint(
            model_name="purchase",
            constraint=models.CheckConstraint(
                condition=models.Q(("freight_fen__gte", 0), ("goods_fen__gte", 0)),
                name="purchase_amounts_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="purchase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("buyer")), _negated=True),
                    _connector="OR",
                ),
                name="purchase_approver_is_not_buyer",
            ),
        ),
    ]
