"""Categories, read as one small tree."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from catalog.catalogue.models import Category

OTHER_DRAWING = "other"


@dataclass(frozen=True, slots=True)
class CategoryEntry:
    """A category; `path` begins with its parent's, `drawing` is its own or the nearest ancestor's."""

    pk: int
    name: str
    slug: str
    path: str
    depth: int
    drawing: str


@dataclass(frozen=True)
class CategoryTree:
    """The public categories, each parent before its children."""

    entries: tuple[CategoryEntry, ...]

    @cached_property
    def _by_pk(self) -> dict[int, CategoryEntry]:
        return {entry.pk: entry for entry in self.entries}

    @property
    def roots(self) -> list[CategoryEntry]:
        """The top categories, in the editors' order."""
        return [entry for entry in self.entries if entry.depth == 1]

    def get(self, pk: int | None) -> CategoryEntry | None:
        """The category with this key, None if there is none."""
        return self._by_pk.get(pk or 0)

    def by_slug(self, slug: str) -> CategoryEntry | None:
        """The highest category of this slug: a slug is unique among siblings only."""
        found = [entry for entry in self.entries if entry.slug == slug]
        return min(found, key=lambda entry: entry.depth, default=None)

    def drawing_of(self, pk: int | None) -> str:
        """What stands in for a photo of goods in this category."""
        entry = self.get(pk)
        return entry.drawing if entry else OTHER_DRAWING

    def keys_within(self, entry: CategoryEntry) -> list[int]:
        """The category and all below it."""
        return [each.pk for each in self.entries if each.path.startswith(entry.path)]

    def way_to(self, pk: int | None) -> list[CategoryEntry]:
        """The category with those above it, top first."""
        entry = self.get(pk)
        return [each for each in self.entries if entry and entry.path.startswith(each.path)]


def category_tree() -> CategoryTree:
    """All public categories; one query."""
    rows = Category.objects.filter(is_public=True, ancestors_are_public=True).order_by("path")
    drawings: dict[str, str] = {}
    entries = []
    for row in rows.values_list("pk", "name", "slug", "path", "depth", "drawing", named=True):
        above = drawings.get(row.path[: -Category.steplen], OTHER_DRAWING)
        drawings[row.path] = row.drawing or above
        entries.append(CategoryEntry(row.pk, row.name, row.slug, row.path, row.depth, row.drawing or above))
    return CategoryTree(tuple(entries))
