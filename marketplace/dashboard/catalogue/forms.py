"""The form of a category."""

from typing import Any

from oscar.apps.dashboard.catalogue.forms import SEOFormMixin
from treebeard.forms import movenodeform_factory

from catalog.catalogue.models import Category

BaseForm: Any = movenodeform_factory(
    Category, fields=["name", "slug", "is_public", "drawing", "needs_compliance_certificate"]
)


class CategoryForm(SEOFormMixin, BaseForm):  # type: ignore[misc]  # a class that treebeard makes
    """A category's name, place, drawing and certificate; no picture, because a drawing stands for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False  # made from the name
