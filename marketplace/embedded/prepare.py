"""`python -m marketplace.embedded.prepare FILE`: all that the site needs before it starts, in one process.

What is done already costs next to nothing, so it runs at every start. The demo logins go to the file.
"""

import os
import sys
import time
from pathlib import Path

import django
from django.core.management import call_command, get_commands

# In this order; a command that does not exist yet is left out.
STEPS: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("compile_translations", "Compile the translations", {}),
    ("migrate", "Migrate the database (the first time takes a minute)", {"verbosity": 0}),
    ("import_regions", "Import the regions", {}),
    ("load_demo", "Load the demo", {}),
)
LOGINS = "demo_logins"


def prepare(logins: Path) -> None:
    """Everything is in place; each step says what it does and how long it took."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.dev")
    django.setup()
    commands = get_commands()
    for name, title, options in STEPS:
        if name in commands:
            _run(name, title, options)
    if LOGINS in commands:
        with logins.open("w") as file:
            call_command(LOGINS, stdout=file)


def _run(name: str, title: str, options: dict[str, object]) -> None:
    sys.stdout.write(f"{title} …\n")
    begun = time.monotonic()
    call_command(name, **options)
    sys.stdout.write(f"    {time.monotonic() - begun:.1f} s\n")


if __name__ == "__main__":
    prepare(Path(sys.argv[1]))
