"""An individual's request belongs to no institution and is paid, not approved."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0001_initial"),
        ("procurement", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="purchaserequest", name="request_key_once_per_requester"),
        migrations.RemoveConstraint(
            model_name="purchaserequest", name="request_has_a_purchase_exactly_if_approved"
        ),
        migrations.AlterField(
            model_name="purchaserequest",
            name="institution",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="purchase_requests",
                to="institutions.institution",
            ),
        ),
        migrations.AlterField(
            model_name="purchaserequest",
            name="status",
            field=models.CharField(
                choices=[
                    ("pending", "waiting for approval"),
                    ("approved", "approved"),
                    ("rejected", "rejected"),
                    ("withdrawn", "withdrawn"),
                    ("expired", "expired"),
                    ("paid", "paid"),
                ],
                default="pending",
                max_length=16,
                verbose_name="status",
            ),
        ),
        migrations.AddConstraint(
            model_name="purchaserequest",
            constraint=models.UniqueConstraint(
                fields=("institution", "requester", "key"),
                name="request_key_once_per_requester",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="purchaserequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("purchase__isnull", False), ("status__in", ("approved", "paid")))
                | models.Q(
                    models.Q(("status__in", ("approved", "paid")), _negated=True),
                    ("purchase__isnull", True),
                ),
                name="request_has_a_purchase_exactly_if_it_became_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="purchaserequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("institution__isnull", False), models.Q(("status", "paid"), _negated=True)
                )
                | models.Q(
                    ("institution__isnull", True),
                    models.Q(("status__in", ("approved", "rejected")), _negated=True),
                ),
                name="request_paid_exactly_by_an_individual",
            ),
        ),
    ]
