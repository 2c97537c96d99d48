"""Oscar's thumbnails: the variants that every photo has already; nothing is made while a page is served."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.templatetags.static import static
from oscar.core.thumbnails import AbstractThumbnailer

from catalog.catalogue.photos import WIDTHS, variant_name

if TYPE_CHECKING:
    from django.db.models.fields.files import ImageFieldFile

# A name that catalogue.services.add_photo gave.
OUR_PHOTO = re.compile(r"/[0-9a-f]{32}\.jpg$")


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """The address of a picture."""

    url: str


class VariantThumbnailer(AbstractThumbnailer):
    """What OSCAR_THUMBNAILER names."""

    def generate_thumbnail(self, source: ImageFieldFile | str, **options: object) -> Thumbnail:
        """The narrowest variant that fills the size ("100x100"), or a drawing where there is no photo."""
        name = str(source)
        if not OUR_PHOTO.search(name):
            return Thumbnail(static("img/categories/other.svg"))
        wanted = int(str(options.get("size", "")).split("x")[0] or WIDTHS[-1])
        width = next((width for width in WIDTHS if width >= wanted), WIDTHS[-1])
        return Thumbnail(default_storage.url(variant_name(name, width)))

    def delete_thumbnails(self, source: ImageFieldFile | str) -> None:
        """Nothing: catalogue.services.remove_photo takes the files away when the row is gone for certain."""
