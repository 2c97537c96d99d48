"""No line of a request comes to more than a line of an order can hold."""

from decimal import Decimal

from django.db import migrations, models
from django.db.models import DecimalField, ExpressionWrapper, F
from django.db.models.lookups import LessThanOrEqual


class Migration(migrations.Migration):
    dependencies = [("procurement", "0006_delivery_addresses")]

    operations = [
        migrations.AddConstraint(
            model_name="requestline",
            constraint=models.CheckConstraint(
                condition=LessThanOrEqual(
                    ExpressionWrapper(
                        F("unit_price") * F("quantity"),
                        output_field=DecimalField(max_digits=24, decimal_places=2),
                    ),
                    Decimal("9999999999.99"),
                ),
                name="request_line_fits_an_order",
            ),
        ),
    ]
