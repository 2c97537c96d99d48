"""Every form that changes something says to its browser that it is sent once."""

import re
from pathlib import Path

from django.conf import settings

FORM = re.compile(r"<form\b.*?(?<![%}])>", re.DOTALL)
# What stands the same however often it is sent: a language, a log-out, quantities of a basket, an archive.
HARMLESS = {
    "cms/campaigns/admin/edit.html",
    "components/language_switch.html",
    "oscar/dashboard/layout.html",
    "portals/account/home.html",
    "portals/base.html",
    "portals/shop/basket.html",
    "shop/base.html",
}


def unguarded_in(page: Path) -> list[str]:
    """The forms of a template that are posted without the controller form-guard."""
    forms: list[str] = FORM.findall(page.read_text())
    return [form for form in forms if 'method="post"' in form and "form-guard" not in form]


def test_a_form_that_is_posted_is_sent_once() -> None:
    folder = Path(settings.BASE_DIR) / "templates"
    pages = folder.rglob("*.html")
    assert {str(page.relative_to(folder)) for page in pages if unguarded_in(page)} == HARMLESS
