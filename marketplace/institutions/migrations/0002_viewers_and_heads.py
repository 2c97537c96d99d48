"""Who only looks, and who says who belongs to an institution."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("institutions", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="institutionmembership",
            name="role",
            field=models.CharField(
                choices=[
                    ("requester", "requester"),
                    ("approver", "approver"),
                    ("receiver", "receiver"),
                    ("finance", "finance"),
                    ("viewer", "viewer"),
                    ("head", "head"),
                ],
                max_length=16,
                verbose_name="role",
            ),
        ),
    ]
