"""Closing a month: one person proposes it, another one does it, and it never opens again."""

import datetime as dt

from django.db import IntegrityError, transaction

from marketplace.accounts.models import User
from marketplace.core.locks import advisory_lock
from marketplace.core.periods import month_of, shanghai_day
from marketplace.sales_journal.models import ClosingProposal, MonthClosure
from marketplace.sales_journal.services import MONTH_LOCK


class ClosingRefused(Exception):
    """The month cannot be closed, or not by this person; `month` says which."""

    reason = "The month {month:%Y-%m} cannot be closed."

    def __init__(self, month: dt.date) -> None:
        super().__init__(self.reason.format(month=month))
        self.month = month


class MonthNotOver(ClosingRefused):
    reason = "The month {month:%Y-%m} is not over yet."


class AlreadyClosed(ClosingRefused):
    reason = "The month {month:%Y-%m} is closed already."


class AlreadyProposed(ClosingRefused):
    reason = "The closing of {month:%Y-%m} is proposed already: another person has to close it."


class NotProposed(ClosingRefused):
    reason = "Nobody has proposed to close {month:%Y-%m}."


class SecondPersonNeeded(ClosingRefused):
    reason = "Whoever proposed to close {month:%Y-%m} cannot be the one who closes it."


def propose_closing(*, month: dt.date, actor: User, now: dt.datetime) -> ClosingProposal:
    """The proposal to close the month, whose first day is given, by its first person.

    Raises:
        MonthNotOver, AlreadyClosed, AlreadyProposed: as they say; nothing has changed.
    """
    with transaction.atomic():
        _check_can_close(month, now)
        try:
            with transaction.atomic():
                return ClosingProposal.objects.create(month=month, proposed_by=actor, proposed_at=now)
        except IntegrityError as error:
            raise AlreadyProposed(month) from error


def withdraw_proposal(*, month: dt.date) -> None:
    """No proposal for the month any more.

    Raises:
        NotProposed: there was none.
    """
    if not ClosingProposal.objects.filter(month=month).delete()[0]:
        raise NotProposed(month)


def close_month(*, month: dt.date, actor: User, now: dt.datetime) -> MonthClosure:
    """The month, closed by its second person: what comes later counts in the month in which it is booked.

    Waits for those who are posting to the month, and they are counted in it; who comes after that is not.

    Raises:
        MonthNotOver, AlreadyClosed, NotProposed, SecondPersonNeeded: as they say; nothing has changed.
    """
    with transaction.atomic():
        advisory_lock(MONTH_LOCK, month.isoformat())
        _check_can_close(month, now)
        proposal = ClosingProposal.objects.select_for_update().filter(month=month).first()
        if proposal is None:
            raise NotProposed(month)
        if proposal.proposed_by_id == actor.pk:
            raise SecondPersonNeeded(month)
        proposal.delete()
        return MonthClosure.objects.create(
            month=month,
            proposed_by_id=proposal.proposed_by_id,
            proposed_at=proposal.proposed_at,
            closed_by=actor,
            closed_at=now,
        )


def _check_can_close(month: dt.date, now: dt.datetime) -> None:
    if month != month_of(month):
        raise ValueError(f"A month is named by its first day, not by {month}.")
    if month >= month_of(shanghai_day(now)):
        raise MonthNotOver(month)
    if MonthClosure.objects.filter(month=month).exists():
        raise AlreadyClosed(month)
