"""An institution's purchase is approved by somebody else; an individual's by nobody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("order", "0004_required")]

    operations = [
        migrations.AddConstraint(
            model_name="purchase",
            constraint=models.CheckConstraint(
                condition=models.Q(("approved_by__isnull", False), ("institution__isnull", False))
                | models.Q(("approved_by__isnull", True), ("institution__isnull", True)),
                name="purchase_is_approved_exactly_for_an_institution",
            ),
        ),
    ]
