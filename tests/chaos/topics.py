"""Topics whose effects can be counted or waited for; who delivers them is in outbox_handlers."""

COUNTED = "chaos"
SLOW, SLOW_SECONDS = "chaos.slow", 3
