"""Reading the audit trail."""

from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from marketplace.core.audit.queries import matching
from marketplace.core.paging import page_of
from marketplace.portals.operator.access import staff_only
from marketplace.portals.operator.audit_rows import rows_of
from marketplace.portals.operator.forms import AuditFilterForm
from marketplace.portals.operator.page import ROWS, operator_page
from marketplace.portals.requests import AuthenticatedRequest


@require_safe
@staff_only
def trail(request: AuthenticatedRequest) -> HttpResponse:
    """The audit trail, newest first, narrowed by object, actor and days."""
    form = AuditFilterForm(request.GET)
    form.is_valid()
    page = page_of(request, matching(**_criteria(form.cleaned_data)), ROWS)
    rows = rows_of(page)
    return operator_page(request, "audit.html", {"form": form, "page": page, "rows": rows}, section="audit")


def _criteria(data: dict[str, Any]) -> dict[str, Any]:
    first, last = data.get("first_day"), data.get("last_day")
    return {
        "object_type": data.get("kind") or "",
        "object_id": data.get("number") or "",
        "actor": data.get("actor") or "",
        "start": _midnight(first) if first else None,
        "end": _midnight(last + timedelta(days=1)) if last else None,
    }


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
