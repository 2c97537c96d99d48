"""Campaigns."""

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalogue", "0004_goods_class"),
        ("regions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("start_date", models.DateField(verbose_name="first day")),
                ("end_date", models.DateField(verbose_name="day after the last")),
                ("organisers", models.TextField(max_length=500, verbose_name="organisers")),
                ("goal_fen", models.BigIntegerField(blank=True, null=True, verbose_name="goal, in fen")),
                ("takes_goods_by_rule", models.BooleanField(default=False, verbose_name="goods by rule")),
                (
                    "rule_takes_unsold_only",
                    models.BooleanField(default=False, verbose_name="only unsold goods"),
                ),
                ("archived_at", models.DateTimeField(blank=True, null=True, verbose_name="archived at")),
                (
                    "counties",
                    models.ManyToManyField(
                        related_name="campaigns", to="regions.region", verbose_name="counties taking part"
                    ),
                ),
                (
                    "products",
                    models.ManyToManyField(
                        blank=True,
                        related_name="campaigns",
                        to="catalogue.product",
                        verbose_name="products picked by hand",
                    ),
                ),
                (
                    "rule_category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.category",
                        verbose_name="only of this category",
                    ),
                ),
            ],
            options={
                "verbose_name": "campaign",
                "verbose_name_plural": "campaigns",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end_date__gt", models.F("start_date"))),
                        name="campaign_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("goal_fen__isnull", True), ("goal_fen__gt", 0), _connector="OR"),
                        name="campaign_goal_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("organisers", ""), _negated=True)
                        ),
                        name="campaign_has_name_and_organisers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("takes_goods_by_rule", True),
                            models.Q(("rule_category__isnull", True), ("rule_takes_unsold_only", False)),
                            _connector="OR",
                        ),
                        name="campaign_narrows_only_a_rule",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("name", "="),
                            (
                                models.Func(
                                    models.F("start_date"), models.F("end_date"), function="daterange"
                                ),
                                "&&",
                            ),
                        ],
                        name="campaign_of_one_name_does_not_overlap_itself",
                    ),
                ],
            },
        ),
    ]
