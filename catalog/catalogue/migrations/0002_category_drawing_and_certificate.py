"""A category has a drawing, and says whether its goods need a compliance certificate."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="category",
            name="drawing",
            field=models.SlugField(
                blank=True,
                help_text="Name of the file under static/img/categories, without .svg.",
                verbose_name="drawing",
            ),
        ),
        migrations.AddField(
            model_name="category",
            name="needs_compliance_certificate",
            field=models.BooleanField(
                default=False,
                help_text="Fresh vegetables, fruit, meat, eggs and farmed fish: dispatch is refused without one.",
                verbose_name="needs a compliance certificate",
            ),
        ),
    ]
