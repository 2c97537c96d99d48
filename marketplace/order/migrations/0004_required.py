"""An order always has its purchase and its supplier, a line its stock record, product and price."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("basket", "0004_institution"),
        ("catalogue", "0003_product_origin_unit_and_season"),
        ("order", "0003_purchase_serial"),
        ("partner", "0007_stock_movements"),
        ("sites", "0002_alter_domain_unique"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="order",
            name="order_status_is_a_fulfilment",
        ),
        migrations.AlterField(
            model_name="line",
            name="partner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="order_lines", to="partner.partner"
            ),
        ),
        migrations.AlterField(
            model_name="line",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="order_lines",
                to="catalogue.product",
            ),
        ),
        migrations.AlterField(
            model_name="line",
            name="stockrecord",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="order_lines",
                to="partner.stockrecord",
            ),
        ),
        migrations.AlterField(
            model_name="line",
            name="unit_price_incl_tax",
            field=models.DecimalField(
                decimal_places=2, max_digits=12, verbose_name="unit price, tax included"
            ),
        ),
        migrations.AlterField(
            model_name="order",
            name="purchase",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="orders", to="order.purchase"
            ),
        ),
        migrations.AlterField(
            model_name="order",
            name="supplier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="orders", to="partner.partner"
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
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
                    )
                ),
                name="order_status_is_a_fulfilment",
            ),
        ),
    ]
