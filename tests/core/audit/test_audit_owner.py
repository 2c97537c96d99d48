"""Even the owner of the tables, whom rights do not stop, is refused by the trigger."""

import pytest
from django.db import DatabaseError, connection

from marketplace.core.audit.models import AuditEntry
from marketplace.core.audit.services import record
from marketplace.core.database.roles import as_owner
from tests.factories.users import make_user


@pytest.mark.usefixtures("race_database")
def test_even_the_owner_is_refused_by_the_trigger() -> None:
    record(action="test.kept", target=make_user())
    with as_owner():
        for statement in (
            "UPDATE audit_auditentry SET actor_name = 'nobody'",
            "DELETE FROM audit_auditentry",
            "TRUNCATE audit_auditentry",
        ):
            with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
                cursor.execute(statement)
        assert list(AuditEntry.objects.values_list("actor_name", flat=True)) == ["system"]
