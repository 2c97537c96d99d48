"""Stock that cannot be oversold, on sale only while two windows are open; no cascade takes it away."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0003_product_origin_unit_and_season"),
        ("partner", "0003_supplier_members_and_villages"),
    ]

    operations = [
        migrations.AddField(
            model_name="stockrecord",
            name="offered_from",
            field=models.DateTimeField(blank=True, null=True, verbose_name="offered from"),
        ),
        migrations.AddField(
            model_name="stockrecord",
            name="offered_until",
            field=models.DateTimeField(blank=True, null=True, verbose_name="offered until, exclusive"),
        ),
        migrations.AddField(
            model_name="stockrecord",
            name="recognised_from",
            field=models.DateTimeField(blank=True, null=True, verbose_name="recognised from"),
        ),
        migrations.AddField(
            model_name="stockrecord",
            name="recognised_until",
            field=models.DateTimeField(blank=True, null=True, verbose_name="recognised until, exclusive"),
        ),
        migrations.AlterField(
            model_name="stockrecord",
            name="num_allocated",
            field=models.PositiveIntegerField(
                default=0, verbose_name="number reserved or sold and not yet shipped"
            ),
        ),
        migrations.AlterField(
            model_name="stockrecord",
            name="num_in_stock",
            field=models.PositiveIntegerField(default=0, verbose_name="number in stock"),
        ),
        migrations.AlterField(
            model_name="stockrecord",
            name="partner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stockrecords",
                to="partner.partner",
                verbose_name="supplier",
            ),
        ),
        migrations.AlterField(
            model_name="stockrecord",
            name="price",
            field=models.DecimalField(decimal_places=2, max_digits=12, verbose_name="price, tax included"),
        ),
        migrations.AlterField(
            model_name="stockrecord",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stockrecords",
                to="catalogue.product",
                verbose_name="product",
            ),
        ),
        migrations.AddIndex(
            model_name="stockrecord",
            index=models.Index(fields=["offered_until", "recognised_until"], name="stock_by_windows"),
        ),
        migrations.AddConstraint(
            model_name="stockrecord",
            constraint=models.UniqueConstraint(
                fields=("partner", "product"), name="stock_record_once_per_supplier"
            ),
        ),
        migrations.AddConstraint(
            model_name="stockrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("num_allocated__gte", 0), ("num_allocated__lte", models.F("num_in_stock"))
                ),
                name="stock_never_oversold",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("price__gt", 0)), name="stock_price_positive"
            ),
        ),
    ]
