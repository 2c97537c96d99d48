"""A line costs its unit price times its quantity, and all of Oscar's columns of money say the same."""

from django.db import migrations, models
from django.db.models import F


class Migration(migrations.Migration):
    dependencies = [("order", "0006_line_campaign")]

    operations = [
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(line_price_incl_tax=F("unit_price_incl_tax") * F("quantity")),
                name="order_line_is_unit_price_times_quantity",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    line_price_excl_tax=F("line_price_incl_tax"),
                    line_price_before_discounts_incl_tax=F("line_price_incl_tax"),
                    line_price_before_discounts_excl_tax=F("line_price_incl_tax"),
                    unit_price_excl_tax=F("unit_price_incl_tax"),
                    unit_price_excl_tax__isnull=False,
                ),
                name="order_line_has_one_price",
            ),
        ),
    ]
