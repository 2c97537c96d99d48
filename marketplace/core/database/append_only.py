"""Tables to which rows are only ever added."""

from django.db import migrations, models

GUARD = """
CREATE OR REPLACE FUNCTION refuse_change_of_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""


class AppendOnlyModel(models.Model):
    """A model whose rows the application's role can insert and read, never change or delete."""

    class Meta:
        abstract = True


def guard_append_only(table: str) -> migrations.RunSQL:
    """The migration operation that puts a trigger behind the missing rights on `table`."""
    return migrations.RunSQL(
        f"{GUARD} CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_append_only(); "
        f"CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_append_only();",
        f"DROP TRIGGER append_only ON {table}; DROP TRIGGER append_only_truncate ON {table};",
    )
