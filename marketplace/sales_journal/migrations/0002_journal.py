"""The journal: partitioned by year, which Django cannot say, so the table is made by SQL and told to Django's state.

Partitions from 2019 to 2036, no default one; `manage.py ensure_partitions` makes more, years ahead.
"""

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

from marketplace.core.database.append_only import guard_append_only
from marketplace.core.database.partitions import append_only_partition

TABLE = "sales_journal_journalentry"
YEARS = range(2019, 2037)

CREATE = r"""
CREATE TABLE sales_journal_journalentry (
    counted_on date NOT NULL,
    event_id bigint NOT NULL,
    line_key varchar(64) NOT NULL,
    basis varchar(10) NOT NULL,
    kind varchar(10) NOT NULL,
    amount_fen bigint NOT NULL,
    weight_grams bigint NOT NULL,
    quantity integer NOT NULL,
    village_code varchar(12) COLLATE "C" NOT NULL,
    county_code varchar(6) COLLATE "C" NOT NULL,
    supplier_id bigint NOT NULL,
    supplier_name varchar(200) NOT NULL,
    product_id bigint NOT NULL,
    product_title varchar(255) NOT NULL,
    category_id bigint NOT NULL,
    buyer_kind varchar(20) NOT NULL,
    buyer_id bigint NOT NULL,
    buyer_region_code varchar(12) COLLATE "C" NOT NULL,
    channel varchar(20) NOT NULL,
    campaign_id bigint NULL,
    pairs jsonb NOT NULL,
    rules jsonb NOT NULL,
    source_order_id bigint NOT NULL,
    source_line_id bigint NOT NULL,
    PRIMARY KEY (counted_on, event_id, line_key),
    CONSTRAINT journal_entry_counts_with_its_event
        FOREIGN KEY (event_id, counted_on) REFERENCES sales_journal_salesevent (id, counted_on),
    CONSTRAINT journal_kind_gives_basis_and_sign CHECK (
        (kind = 'contracted' AND basis = 'contracted' AND amount_fen >= 0 AND weight_grams >= 0 AND quantity >= 0)
        OR (kind = 'cancelled' AND basis = 'contracted' AND amount_fen <= 0 AND weight_grams <= 0 AND quantity <= 0)
        OR (kind = 'accepted' AND basis = 'accepted' AND amount_fen >= 0 AND weight_grams >= 0 AND quantity >= 0)
        OR (kind = 'returned' AND basis = 'accepted' AND amount_fen <= 0 AND weight_grams <= 0 AND quantity <= 0)
        OR (kind = 'adjusted' AND basis = 'accepted')
        OR (kind = 'paid' AND basis = 'paid' AND amount_fen >= 0 AND weight_grams >= 0 AND quantity >= 0)
        OR (kind = 'repaid' AND basis = 'paid' AND amount_fen <= 0 AND weight_grams <= 0 AND quantity <= 0)
    ),
    CONSTRAINT journal_county_begins_the_village CHECK (
        village_code ~ '^[1-9]\d{11}$' AND county_code = left(village_code, 6)
    )
) PARTITION BY RANGE (counted_on);
CREATE INDEX journal_by_village ON sales_journal_journalentry (village_code, counted_on);
CREATE INDEX journal_by_order ON sales_journal_journalentry (source_order_id, source_line_id);
"""


class Migration(migrations.Migration):
    dependencies = [("sales_journal", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(CREATE, f"DROP TABLE {TABLE}")],
            state_operations=[
                migrations.CreateModel(
                    name="JournalEntry",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "counted_on",
                                "event_id",
                                "line_key",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("counted_on", models.DateField(verbose_name="counted on")),
                        ("line_key", models.CharField(max_length=64, verbose_name="line")),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("contracted", "contracted"),
                                    ("accepted", "accepted"),
                                    ("paid", "paid"),
                                ],
                                max_length=10,
                                verbose_name="basis",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("contracted", "contracted"),
                                    ("cancelled", "cancelled"),
                                    ("accepted", "accepted"),
                                    ("returned", "returned"),
                                    ("paid", "paid"),
                                    ("repaid", "paid back"),
                                    ("adjusted", "adjusted"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("amount_fen", models.BigIntegerField(verbose_name="amount in fen")),
                        ("weight_grams", models.BigIntegerField(verbose_name="weight in grams")),
                        ("quantity", models.IntegerField(verbose_name="sale units")),
                        (
                            "village_code",
                            models.CharField(
                                db_collation="C", max_length=12, verbose_name="village of origin"
                            ),
                        ),
                        (
                            "county_code",
                            models.CharField(db_collation="C", max_length=6, verbose_name="county of origin"),
                        ),
                        ("supplier_id", models.BigIntegerField(verbose_name="supplier's number")),
                        ("supplier_name", models.CharField(max_length=200, verbose_name="supplier")),
                        ("product_id", models.BigIntegerField(verbose_name="product's number")),
                        ("product_title", models.CharField(max_length=255, verbose_name="product")),
                        ("category_id", models.BigIntegerField(verbose_name="category's number")),
                        ("buyer_kind", models.CharField(max_length=20, verbose_name="kind of buyer")),
                        ("buyer_id", models.BigIntegerField(verbose_name="buyer's number")),
                        (
                            "buyer_region_code",
                            models.CharField(db_collation="C", max_length=12, verbose_name="buyer's region"),
                        ),
                        ("channel", models.CharField(max_length=20, verbose_name="channel")),
                        (
                            "campaign_id",
                            models.BigIntegerField(blank=True, null=True, verbose_name="campaign's number"),
                        ),
                        (
                            "pairs",
                            models.JSONField(blank=True, default=list, verbose_name="assistance pairs"),
                        ),
                        ("rules", models.JSONField(blank=True, default=list, verbose_name="rules met")),
                        ("source_order_id", models.BigIntegerField(verbose_name="order's number")),
                        ("source_line_id", models.BigIntegerField(verbose_name="order line's number")),
                        (
                            "event",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="sales_journal.salesevent",
                                verbose_name="event",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "journal entry",
                        "verbose_name_plural": "journal entries",
                        "indexes": [
                            models.Index(fields=["village_code", "counted_on"], name="journal_by_village"),
                            models.Index(
                                fields=["source_order_id", "source_line_id"], name="journal_by_order"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("basis", "contracted"),
                                        ("kind", "contracted"),
                                        ("amount_fen__gte", 0),
                                        ("quantity__gte", 0),
                                        ("weight_grams__gte", 0),
                                    ),
                                    models.Q(
                                        ("basis", "contracted"),
                                        ("kind", "cancelled"),
                                        ("amount_fen__lte", 0),
                                        ("quantity__lte", 0),
                                        ("weight_grams__lte", 0),
                                    ),
                                    models.Q(
                                        ("basis", "accepted"),
                                        ("kind", "accepted"),
                                        ("amount_fen__gte", 0),
                                        ("quantity__gte", 0),
                                        ("weight_grams__gte", 0),
                                    ),
                                    models.Q(
                                        ("basis", "accepted"),
                                        ("kind", "returned"),
                                        ("amount_fen__lte", 0),
                                        ("quantity__lte", 0),
                                        ("weight_grams__lte", 0),
                                    ),
                                    models.Q(("basis", "accepted"), ("kind", "adjusted")),
                                    models.Q(
                                        ("basis", "paid"),
                                        ("kind", "paid"),
                                        ("amount_fen__gte", 0),
                                        ("quantity__gte", 0),
                                        ("weight_grams__gte", 0),
                                    ),
                                    models.Q(
                                        ("basis", "paid"),
                                        ("kind", "repaid"),
                                        ("amount_fen__lte", 0),
                                        ("quantity__lte", 0),
                                        ("weight_grams__lte", 0),
                                    ),
                                    _connector="OR",
                                ),
                                name="journal_kind_gives_basis_and_sign",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("county_code", django.db.models.functions.text.Left("village_code", 6)),
                                    ("village_code__regex", "^[1-9]\\d{11}$"),
                                ),
                                name="journal_county_begins_the_village",
                            ),
                        ],
                    },
                ),
            ],
        ),
        guard_append_only(TABLE),
        guard_append_only("sales_journal_salesevent"),
        guard_append_only("sales_journal_monthclosure"),
        migrations.RunSQL(
            [append_only_partition(TABLE, year) for year in YEARS],
            migrations.RunSQL.noop,
        ),
    ]
