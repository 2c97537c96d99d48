"""A product has an origin, a sale unit with its weight, a season and a way of storage."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_category_drawing_and_certificate"),
        ("regions", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="product",
            name="harvest_first_month",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="first month of harvest"
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="harvest_last_month",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="last month of harvest"
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="net_weight_grams",
            field=models.PositiveIntegerField(
                blank=True, null=True, verbose_name="net weight of one sale unit, in grams"
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="origin_village",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="products",
                to="regions.region",
                verbose_name="village of origin",
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="sale_unit",
            field=models.CharField(
                choices=[
                    ("jin", "jin"),
                    ("kg", "kilogram"),
                    ("box", "box"),
                    ("carton", "carton"),
                    ("bag", "bag"),
                    ("bottle", "bottle"),
                    ("tin", "tin"),
                    ("head", "head"),
                    ("piece", "piece"),
                    ("item", "item"),
                    ("strip", "strip"),
                ],
                default="jin",
                max_length=8,
                verbose_name="sale unit",
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="shelf_life_days",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="shelf life in days"),
        ),
        migrations.AddField(
            model_name="product",
            name="storage",
            field=models.CharField(
                choices=[
                    ("ambient", "at room temperature"),
                    ("cool", "in a cool place"),
                    ("chilled", "chilled"),
                    ("frozen", "frozen"),
                ],
                default="ambient",
                max_length=8,
                verbose_name="storage",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("net_weight_grams__isnull", True), ("net_weight_grams__gte", 1), _connector="OR"
                ),
                name="product_weight_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sale_unit", "jin"), _negated=True),
                    ("net_weight_grams__isnull", True),
                    ("net_weight_grams", 500),
                    _connector="OR",
                ),
                name="product_jin_weighs_500_grams",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sale_unit", "kg"), _negated=True),
                    ("net_weight_grams__isnull", True),
                    ("net_weight_grams", 1000),
                    _connector="OR",
                ),
                name="product_kg_weighs_1000_grams",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("harvest_first_month__isnull", True), ("harvest_last_month__isnull", True)),
                    models.Q(("harvest_first_month__range", (1, 12)), ("harvest_last_month__range", (1, 12))),
                    _connector="OR",
                ),
                name="product_harvest_is_two_months",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("shelf_life_days__isnull", True), ("shelf_life_days__gte", 1), _connector="OR"
                ),
                name="product_shelf_life_positive",
            ),
        ),
    ]
