"""The one product class that all goods have: Oscar asks every product for its class."""

from django.db import migrations


def create_goods_class(apps, schema_editor):
    product_class = apps.get_model("catalogue", "ProductClass")
    if not product_class.objects.filter(slug="goods").exists():
        product_class.objects.create(name="农产品", slug="goods", requires_shipping=True, track_stock=True)


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0003_product_origin_unit_and_season"),
    ]

    # Backwards nothing: products may have it.
    operations = [migrations.RunPython(create_goods_class, migrations.RunPython.noop)]
