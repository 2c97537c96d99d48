"""A campaign's sales by county, kept beside the journal, and filled from what the journal says already."""

from django.db import migrations, models

FILL = """
INSERT INTO sales_journal_campaigntotal (
    campaign_id, county_code, contracted_fen, accepted_fen, paid_fen, contracted_grams, accepted_grams
)
SELECT campaign_id, county_code,
    coalesce(sum(amount_fen) FILTER (WHERE basis = 'contracted'), 0),
    coalesce(sum(amount_fen) FILTER (WHERE basis = 'accepted'), 0),
    coalesce(sum(amount_fen) FILTER (WHERE basis = 'paid'), 0),
    coalesce(sum(weight_grams) FILTER (WHERE basis = 'contracted'), 0),
    coalesce(sum(weight_grams) FILTER (WHERE basis = 'accepted'), 0)
FROM sales_journal_journalentry WHERE campaign_id IS NOT NULL GROUP BY campaign_id, county_code
"""


class Migration(migrations.Migration):
    dependencies = [
        ("sales_journal", "0002_journal"),
    ]

    operations = [
        migrations.CreateModel(
            name="CampaignTotal",
            fields=[
                ("contracted_fen", models.BigIntegerField(default=0, verbose_name="contracted, fen")),
                ("accepted_fen", models.BigIntegerField(default=0, verbose_name="accepted, fen")),
                ("paid_fen", models.BigIntegerField(default=0, verbose_name="paid, fen")),
                ("contracted_grams", models.BigIntegerField(default=0, verbose_name="contracted, grams")),
                ("accepted_grams", models.BigIntegerField(default=0, verbose_name="accepted, grams")),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "campaign_id",
                        "county_code",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("campaign_id", models.BigIntegerField(verbose_name="campaign's number")),
                (
                    "county_code",
                    models.CharField(db_collation="C", max_length=6, verbose_name="county of origin"),
                ),
            ],
            options={
                "verbose_name": "campaign's total",
                "verbose_name_plural": "campaigns' totals",
            },
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
