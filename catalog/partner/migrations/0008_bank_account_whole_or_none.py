"""A supplier's bank account has holder, bank and number, or there is none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partner", "0007_stock_movements")]

    operations = [
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("account_name", ""), ("account_number", ""), ("bank_name", "")),
                    models.Q(
                        ("account_name", ""),
                        ("bank_name", ""),
                        ("account_number", ""),
                        _connector="OR",
                        _negated=True,
                    ),
                    _connector="OR",
                ),
                name="supplier_account_whole_or_none",
            ),
        ),
    ]
