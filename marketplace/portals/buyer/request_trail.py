"""What happened to a request, as its timeline and its buttons show it."""

from datetime import datetime

from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.core.templatetags.formats import cn_datetime
from marketplace.procurement import permissions
from marketplace.procurement.models import Decision, PurchaseRequest

Status = PurchaseRequest.Status


def moves_of(user: User, request: PurchaseRequest, now: datetime) -> set[str]:
    """What the user may do with the request now: decide, withdraw; nothing once it is decided or overdue."""
    if request.status != Status.PENDING or request.expires_at <= now:
        return set()
    allowed = {
        "decide": permissions.can_decide(user, request),
        "withdraw": permissions.can_withdraw(user, request),
    }
    return {move for move, may in allowed.items() if may}


def trail_of(request: PurchaseRequest, now: datetime) -> list[dict[str, object]]:
    """What happened to a request with prefetched decisions, oldest first, for components/timeline.html."""
    return [submission(request), *(decided(each) for each in request.decisions.all()), *ending(request, now)]


def submission(request: PurchaseRequest) -> dict[str, object]:
    """Who asked, and when."""
    return {
        "title": _("Submitted for approval"),
        "actor": request.requester.get_full_name(),
        "at": cn_datetime(request.submitted_at),
        "text": request.purpose,
        "icon": "file-text",
        "tone": "waiting",
    }


def decided(decision: Decision) -> dict[str, object]:
    """Who decided what, and why."""
    approved = decision.verdict == Decision.Verdict.APPROVED
    return {
        "title": _("Request approved") if approved else _("Request rejected"),
        "actor": decision.approver.get_full_name(),
        "at": cn_datetime(decision.decided_at),
        "text": decision.reason,
        "icon": "circle-check" if approved else "circle-x",
        "tone": "good" if approved else "error",
    }


def ending(request: PurchaseRequest, now: datetime) -> list[dict[str, object]]:
    """What ended the request without a decision, or that it still waits."""
    if request.status == Status.WITHDRAWN:
        return [ended(_("Withdrawn"), request.requester.get_full_name(), request.decided_at, "undo-2")]
    if request.status == Status.EXPIRED:
        return [ended(_("Expired: nobody decided in time"), "", request.decided_at, "clock")]
    if request.status == Status.PENDING and request.expires_at <= now:
        return [ended(_("Expired: nobody decided in time"), "", request.expires_at, "clock")]
    if request.status == Status.PENDING:
        return [{**ended(_("Waits for an approver"), "", None, "hourglass"), "tone": "waiting"}]
    return []


def ended(title: str, actor: str, at: datetime | None, icon: str) -> dict[str, object]:
    """A quiet event."""
    return {"title": title, "actor": actor, "at": cn_datetime(at), "icon": icon, "tone": "neutral"}
