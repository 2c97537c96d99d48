"""What the real mails say, beside their facts."""

import datetime as dt

import pytest
from django.core import mail

from marketplace.outbox import relay, services

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2020, 3, 2, 4, 0, tzinfo=dt.UTC)


def test_a_letter_names_the_shop_the_reason_once_and_where_to_go() -> None:
    context = {
        "event": "short",
        "number": "20200302-000001-01",
        "reason": "雨水多 <收了一半>",
        "action_url": "https://example.com/buyer/orders/20200302-000001-01/",
    }
    services.enqueue_mail(
        to=["a@example.com"], template="order_changed", context=context, dedupe_key="short:1", now=NOON
    )
    relay.relay_batch(clock=lambda: NOON)
    (sent,) = mail.outbox
    assert sent.subject == "订单 20200302-000001-01 只能部分供货"
    html, text = str(sent.alternatives[0][0]), str(sent.body)
    for form, reason in ((text, "雨水多 <收了一半>"), (html, "雨水多 &lt;收了一半&gt;")):
        assert form.count(reason) == 1
        assert "打开查看" in form
        assert "消费扶贫网上行" in form
        assert context["action_url"] in form
