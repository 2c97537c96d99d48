"""Product photos: judged by their content, turned upright, stripped of all but the picture, made small.

Every photo is stored as a JPEG with WebP variants at names that follow from its own, so that a listing needs
neither a query nor a look at the disk to know their addresses.
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, NewType

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from catalog.catalogue.models import ProductImage

# The files of a photo by the end of their names: "" the JPEG, "-320.webp" and so on its variants. Only
# render_photo makes one, so that whatever is stored has been judged.
RenderedPhoto = NewType("RenderedPhoto", "Mapping[str, bytes]")

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 25_000_000
MAX_SIDE = 1600
WIDTHS = (320, 640, 1280)

# What Pillow raises on a broken or hostile file, besides its own errors, which are OSErrors.
UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error)
TOO_MANY_PIXELS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
SRGB = ImageCms.createProfile("sRGB")


class InvalidPhoto(ValueError):
    """The file is no picture that we take; the message says why and what to do."""


def render_photo(source: BinaryIO) -> RenderedPhoto:
    """The files of a photo. It takes up to a second: do it before a transaction, not in it.

    A variant is as wide as its name says, or as the picture itself if that is narrower.

    Raises:
        InvalidPhoto: no JPEG, PNG or WebP by its content, damaged, or too large.
    """
    picture = _upright_rgb(_open(source))
    files = {"": _encoded(picture, "JPEG", quality=85, optimize=True, progressive=True)}
    widths = {width: min(width, picture.width) for width in WIDTHS}
    variants = {
        width: _encoded(_narrowed(picture, width), "WEBP", quality=80) for width in set(widths.values())
    }
    return RenderedPhoto(files | {_suffix(name): variants[width] for name, width in widths.items()})


def variant_name(name: str, width: int) -> str:
    """The name of the variant of this width beside the photo of this name."""
    return name.removesuffix(".jpg") + _suffix(width)


def all_names(name: str) -> list[str]:
    """The names of the photo and of all its variants."""
    return [name, *(variant_name(name, width) for width in WIDTHS)]


def photo_url(image: ProductImage, width: int) -> str:
    """The address of the photo at one of WIDTHS; no query."""
    if width not in WIDTHS:
        raise ValueError(f"there is no variant of {width} pixels")
    url: str = image.original.storage.url(variant_name(str(image.original.name), width))
    return url


def _suffix(width: int) -> str:
    return f"-{width}.webp"


def _open(source: BinaryIO) -> Image.Image:
    """The picture at its stored size or scaled down while decoding; its pixel count is judged before."""
    if source.seek(0, 2) > MAX_BYTES:
        raise InvalidPhoto(_("The photo has more than 15 MB. Take it again with a lower quality."))
    source.seek(0)
    try:
        picture = Image.open(source, formats=FORMATS)
        _require_size(picture.width * picture.height)
        picture.thumbnail((MAX_SIDE, MAX_SIDE), reducing_gap=2.0)
        picture.load()  # what is small enough already has not been decoded yet
    except InvalidPhoto:
        raise
    except TOO_MANY_PIXELS as error:
        raise _too_large() from error
    except UNREADABLE as error:
        raise InvalidPhoto(_("This is no JPEG, PNG or WebP picture, or it is damaged.")) from error
    return picture


def _require_size(pixels: int) -> None:
    if pixels > MAX_PIXELS:
        raise _too_large()


def _too_large() -> InvalidPhoto:
    return InvalidPhoto(_("The photo has more than 25 megapixels. Take it again with a smaller size."))


def _upright_rgb(picture: Image.Image) -> Image.Image:
    """The same picture turned as it was held, in sRGB on white, and without any word beside its pixels."""
    profile = picture.info.get("icc_profile")
    turned = ImageOps.exif_transpose(picture)
    flat = _on_white(turned) if turned.has_transparency_data else turned
    clean = _to_srgb(flat, profile) if profile else flat.convert("RGB")
    clean.info.clear()
    return clean


def _on_white(picture: Image.Image) -> Image.Image:
    layer = picture.convert("RGBA")
    ground = Image.new("RGB", layer.size, "white")
    ground.paste(layer, mask=layer.getchannel("A"))
    return ground


def _to_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """The colours as seen; a profile that makes no sense is left out."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, source, SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return picture.convert("RGB")
    return converted or picture.convert("RGB")


def _narrowed(picture: Image.Image, width: int) -> Image.Image:
    if picture.width <= width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _encoded(picture: Image.Image, form: str, **options: object) -> bytes:
    target = BytesIO()
    picture.save(target, form, **options)
    return target.getvalue()
