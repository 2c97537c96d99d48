"""What a payment gateway says that a person has paid."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procurement", "0003_payment_method")]

    operations = [
        migrations.CreateModel(
            name="OnlinePayment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("gateway", models.CharField(max_length=20, verbose_name="payment gateway")),
                ("transaction", models.CharField(max_length=64, verbose_name="transaction number")),
                ("amount_fen", models.BigIntegerField(verbose_name="amount, in fen")),
                ("received_at", models.DateTimeField(verbose_name="received at")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("bought", "the goods are bought"),
                            ("to_refund", "to be paid back"),
                            ("refunded", "paid back"),
                        ],
                        max_length=16,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("cancelled", "the purchase had been cancelled"),
                            ("sold_out", "the goods could no longer be had"),
                            ("twice", "the purchase had been paid already"),
                            ("amount", "it was not the amount that was asked for"),
                        ],
                        max_length=16,
                        verbose_name="why it goes back",
                    ),
                ),
                (
                    "refund_reference",
                    models.CharField(blank=True, max_length=64, verbose_name="number of the refund"),
                ),
                ("refunded_at", models.DateTimeField(null=True, verbose_name="paid back at")),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="online_payments",
                        to="procurement.purchaserequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "online payment",
                "verbose_name_plural": "online payments",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("gateway", "transaction"), name="online_transaction_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "bought")),
                        fields=("request",),
                        name="request_is_paid_online_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_fen__gt", 0)), name="online_payment_amount_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome", "bought"), ("reason", ""))
                        | models.Q(
                            models.Q(("outcome", "bought"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                        ),
                        name="online_payment_goes_back_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome", "refunded"), ("refunded_at__isnull", False))
                        | models.Q(
                            models.Q(("outcome", "refunded"), _negated=True),
                            ("refunded_at__isnull", True),
                        ),
                        name="online_payment_is_refunded_at_a_moment",
                    ),
                ],
            },
        ),
    ]
