"""What pictures are called in Wagtail's admin."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("images", "0001_initial"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="marketimage",
            options={"verbose_name": "picture", "verbose_name_plural": "pictures"},
        ),
    ]
