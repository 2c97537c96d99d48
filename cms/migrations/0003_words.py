"""What the front page is called in Wagtail's admin."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0002_front_page"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="homepage",
            options={"verbose_name": "front page", "verbose_name_plural": "front pages"},
        ),
    ]
