"""Structured logs: fixed texts and ids, never personal data; the request id goes through web and worker."""

import logging
from typing import Any

import structlog
from structlog.typing import Processor

from marketplace.core.masks.logs import masked

SHARED_PROCESSORS: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(["status_code"]),
    structlog.processors.TimeStamper(fmt="iso"),
]
TO_JSON: list[Processor] = [
    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
    structlog.processors.format_exc_info,
    masked,
    structlog.processors.JSONRenderer(ensure_ascii=False),
]
TO_CONSOLE: list[Processor] = [
    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
    structlog.processors.format_exc_info,
    masked,
    structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
]
SILENT = {"handlers": ["nowhere"], "propagate": False}
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": TO_JSON,
            "foreign_pre_chain": SHARED_PROCESSORS,
        },
        "console": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": TO_CONSOLE,
            "foreign_pre_chain": SHARED_PROCESSORS,
        },
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "json"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # One line a request and one a task are written by django-structlog; these would say it again, with
        # addresses (whose segments may be one-time links), arguments, or what was typed as a user name.
        "django.request": SILENT,
        "django.security.csrf": SILENT,
        "celery.app.trace": SILENT,
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "axes": SILENT,
    },
}
structlog.configure(
    processors=[*SHARED_PROCESSORS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
# One line a request, when it is answered; one a task, when it is done.
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_CELERY_TASK_START_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_CELERY_ENABLED = True
# An address is personal data: the audit trail keeps it, the log does not.
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
