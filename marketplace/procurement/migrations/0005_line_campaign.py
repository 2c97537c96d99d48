"""A request's line knows the campaign whose page put it into the basket."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0001_initial"),
        ("procurement", "0004_online_payments"),
    ]

    operations = [
        migrations.AddField(
            model_name="requestline",
            name="campaign",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="campaigns.campaign",
                verbose_name="campaign",
            ),
        ),
    ]
