"""Celery: Redis only carries; what must not be lost waits in PostgreSQL's outbox."""

import os

CELERY_BROKER_URL = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379") + "/1"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
CELERY_TIMEZONE = "Asia/Shanghai"
# A task whose worker died comes back after this time: the longest task plus a margin.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 900}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {}
