#!/usr/bin/env python
"""Django's commands, with PostgreSQL and Valkey behind them."""

import os
import sys
from contextlib import AbstractContextManager, nullcontext

from django.core.management import execute_from_command_line

from marketplace import embedded, garbage

PRODUCTION = "marketplace.settings.production"


def main() -> None:
    """Run one command; the embedded servers run for as long as it does, if they do not run already."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.dev")
    garbage.look_rarely()
    try:
        with _servers(_settings_module(sys.argv)):
            execute_from_command_line(sys.argv)
    except embedded.ServersError as error:
        sys.exit(f"error: {error}")


def _settings_module(arguments: list[str]) -> str:
    """The settings that the command will use: --settings before the environment."""
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=True):
        if argument == "--settings":
            return following
        if argument.startswith("--settings="):
            return argument.removeprefix("--settings=")
    return os.environ["DJANGO_SETTINGS_MODULE"]


def _servers(settings_module: str) -> AbstractContextManager[object]:
    if settings_module == PRODUCTION:
        missing = [name for name in embedded.VARIABLES if not os.environ.get(name)]
        if missing:
            raise embedded.ServersError(f"Set {', '.join(missing)}: production uses no embedded servers.")
        return nullcontext()
    return embedded.lease("test" if settings_module == "marketplace.settings.test" else "default")


if __name__ == "__main__":
    main()
