"""An institution has a name, and its unified social credit code has the shape of one."""

from django.db import migrations, models

import catalog.partner.uscc


class Migration(migrations.Migration):
    dependencies = [("institutions", "0002_viewers_and_heads")]

    operations = [
        migrations.AlterField(
            model_name="institution",
            name="uscc",
            field=models.CharField(
                blank=True,
                max_length=18,
                null=True,
                unique=True,
                validators=[catalog.partner.uscc.validate_uscc],
                verbose_name="unified social credit code",
            ),
        ),
        migrations.AddConstraint(
            model_name="institution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("uscc__isnull", True),
                    (
                        "uscc__regex",
                        "^[0-9ANY][0-9ABCDEFGHJKLMNPQRTUWXY][0-9]{6}[0-9ABCDEFGHJKLMNPQRTUWXY]{10}$",
                    ),
                    _connector="OR",
                ),
                name="institution_uscc_or_null",
            ),
        ),
        migrations.AddConstraint(
            model_name="institution",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="institution_has_a_name"
            ),
        ),
    ]
