"""What waits to leave the database, and what did not get out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from marketplace.core.paging import page_of
from marketplace.outbox import queries, relay
from marketplace.outbox.models import OutboxMessage
from marketplace.outbox.querysets import OutboxMessageQuerySet
from marketplace.portals.operator.access import staff_only
from marketplace.portals.operator.outbox_rows import TOPICS, row_of
from marketplace.portals.operator.page import ROWS, operator_page
from marketplace.portals.requests import AuthenticatedRequest


@require_safe
@staff_only
def outbox(request: AuthenticatedRequest) -> HttpResponse:
    """How many messages wait, left and failed; those that failed too often, with a way to try them again."""
    page = page_of(request, queries.set_aside_messages(), ROWS)
    context = {
        "summary": queries.summary(),
        "topics": [(each, TOPICS.get(each.topic, each.topic)) for each in queries.set_aside_topics()],
        "page": page,
        "rows": [row_of(message) for message in page],
    }
    return operator_page(request, "outbox.html", context, section="outbox")


@require_POST
@staff_only
def retry(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """This message waits again."""
    message = get_object_or_404(OutboxMessage, pk=pk)
    return _retried(request, OutboxMessage.objects.filter(pk=message.pk))


@require_POST
@staff_only
def retry_topic(request: AuthenticatedRequest) -> HttpResponse:
    """All messages of a topic that were set aside wait again."""
    topics = [each.topic for each in queries.set_aside_topics()]
    chosen = [topic for topic in topics if topic == request.POST.get("topic")]
    return _retried(request, OutboxMessage.objects.filter(topic__in=chosen))


def _retried(request: AuthenticatedRequest, chosen: OutboxMessageQuerySet) -> HttpResponse:
    count = relay.retry_set_aside(chosen=chosen, now=timezone.now())
    if count:
        said = ngettext("%(count)d message waits again.", "%(count)d messages wait again.", count)
        messages.success(request, said % {"count": count})
    else:
        messages.info(request, _("Nothing was set aside any more: it has been tried again already."))
    return redirect("operator:outbox")
