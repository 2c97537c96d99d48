"""Celery: Redis only carries; what must not be lost waits in PostgreSQL's outbox."""

import os

from celery.schedules import crontab

CELERY_BROKER_URL = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379") + "/1"
CELERY_BROKER_TRANSPORT = "marketplace.broker:Transport"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
# A worker that has lost Redis ends what it has begun. Redis hands such tasks out again later, and a second
# run does only what is still to be done. Children that Celery kills, by two SIGTERMs, can die with a lock
# for which billiard 4.3 then waits without end.
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
# marketplace.celery sets logging up as Django does.
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Asia/Shanghai"
# A task whose worker died comes back after this time: the longest task plus a margin.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "socket_connect_timeout": 2,
    "socket_timeout": 10,  # a worker waits one second at a time
}
# A page that hands over a task fails soon where Redis does not answer; the outbox hands it over later.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.2}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A beat that no worker took in time is dropped: the next one does the same.
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "relay-outbox": {
        "task": "marketplace.outbox.tasks.relay_outbox",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "expire-requests": {
        "task": "marketplace.procurement.tasks.expire_requests",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "expire-reservations": {
        "task": "catalog.partner.tasks.expire_reservations",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "expire-offers": {
        "task": "catalog.unsold_offers.tasks.expire_offers",
        "schedule": crontab(minute=1),
    },
    "escalate-waiting-offers": {
        "task": "catalog.unsold_offers.tasks.escalate_waiting",
        "schedule": crontab(minute="*/10"),
    },
    "revoke-ended-tokens": {
        "task": "marketplace.access_tokens.tasks.revoke_ended_tokens",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "publish-scheduled-pages": {
        "task": "cms.tasks.publish_scheduled_pages",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "forget-delivered-messages": {
        "task": "marketplace.outbox.tasks.forget_delivered_messages",
        "schedule": crontab(hour=3, minute=10),
    },
}
