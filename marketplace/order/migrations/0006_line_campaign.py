"""An order line knows the campaign whose page put it into the basket."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0001_initial"),
        ("order", "0005_approval_for_institutions"),
    ]

    operations = [
        migrations.AddField(
            model_name="line",
            name="campaign",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="order_lines",
                to="campaigns.campaign",
                verbose_name="campaign",
            ),
        ),
    ]
