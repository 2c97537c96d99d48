"""The serial from which purchases get their numbers and transfer references."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("order", "0002_purchases_and_quantities")]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE purchase_serial", "DROP SEQUENCE purchase_serial"),
    ]
