"""A payment is a transfer, which somebody confirms, or online, which the gateway has confirmed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procurement", "0002_individual_requests")]

    operations = [
        migrations.AddField(
            model_name="payment",
            name="method",
            field=models.CharField(
                choices=[("transfer", "bank transfer"), ("online", "online payment")],
                db_default="transfer",
                default="transfer",
                max_length=16,
                verbose_name="method",
            ),
        ),
        migrations.RemoveConstraint(model_name="payment", name="payment_confirmed_by_somebody"),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_at__isnull", True), ("confirmed_by__isnull", True), ("method", "transfer")
                )
                | models.Q(
                    ("confirmed_at__isnull", False), ("confirmed_by__isnull", False), ("method", "transfer")
                )
                | models.Q(
                    ("confirmed_at__isnull", False),
                    ("confirmed_by__isnull", True),
                    ("direction", "payment"),
                    ("method", "online"),
                ),
                name="payment_confirmed_by_somebody_or_by_the_gateway",
            ),
        ),
    ]
