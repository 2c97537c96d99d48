"""Transactions of a test's own."""

from django.db import transaction


def undone() -> transaction.Atomic:
    """A transaction that the test undoes: as in Django's TestCase, a durable one may begin inside."""
    outer = transaction.atomic()
    outer._from_testcase = True
    return outer
