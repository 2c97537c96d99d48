import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("basket", "0003_vouchers"),
        ("catalogue", "0003_product_origin_unit_and_season"),
        ("institutions", "0001_initial"),
        ("partner", "0007_stock_movements"),
        ("voucher", "0010_auto_20210224_0712"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="basket",
            name="institution",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="baskets",
                to="institutions.institution",
                verbose_name="institution",
            ),
        ),
        migrations.AddConstraint(
            model_name="basket",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "Open")),
                fields=("owner", "institution"),
                name="one_open_basket_per_owner_and_institution",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 1)), name="basket_line_quantity_positive"
            ),
        ),
    ]
