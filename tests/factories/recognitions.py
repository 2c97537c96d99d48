"""What an office writes when it recognises goods of 港美村."""

import datetime as dt

from catalog.recognition.services import Certificate, Directory
from tests.factories.goods import NOW

TODAY = NOW.date()
VILLAGE = "445203001201"


def certificate(**changes: object) -> Certificate:
    """In the provincial directory for a year from today."""
    values = {
        "directory": Directory.GUANGDONG,
        "valid_from": TODAY,
        "valid_until": TODAY + dt.timedelta(days=365),
        "number": "粤扶 2020-001",
        **changes,
    }
    return Certificate(**values)  # type: ignore[arg-type]
