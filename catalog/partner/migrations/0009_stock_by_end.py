"""Stock records by the earlier end of their windows, in which order they are listed."""

import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partner", "0008_bank_account_whole_or_none")]

    operations = [
        migrations.RemoveIndex(model_name="stockrecord", name="stock_by_windows"),
        migrations.AddIndex(
            model_name="stockrecord",
            index=models.Index(
                django.db.models.functions.comparison.Least("offered_until", "recognised_until"),
                models.F("id"),
                name="stock_by_end",
            ),
        ),
    ]
