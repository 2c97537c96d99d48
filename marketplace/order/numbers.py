"""Numbers that people read aloud: purchases, orders, transfer references."""

from datetime import date

from django.db import connection
from stdnum.iso7064 import mod_37_36


def next_purchase_serial() -> int:
    """The next serial; never given twice, gaps are possible after a rollback."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('purchase_serial')")
        return int(cursor.fetchone()[0])


def purchase_number(serial: int, day: date) -> str:
    """The purchase's number, e.g. 20200315-000042."""
    return f"{day:%Y%m%d}-{serial:06d}"


def order_number(purchase_number: str, position: int) -> str:
    """The number of a purchase's n-th order, e.g. 20200315-000042-01."""
    return f"{purchase_number}-{position:02d}"


def transfer_reference(serial: int) -> str:
    """Eight digits and one check character (ISO 7064 mod 37,36): a mistyped reference is noticed."""
    digits = f"{serial:08d}"
    return digits + str(mod_37_36.calc_check_digit(digits))
