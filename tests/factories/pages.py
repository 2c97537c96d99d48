"""Pages as editors publish them, the people who do, and pictures for them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.documents.models import Document
from wagtail.models import Page

from cms.models import HomePage
from marketplace.accounts import page_roles
from marketplace.accounts.models import User
from marketplace.accounts.page_roles import PageRole
from marketplace.images.models import MarketImage
from tests.factories.users import make_user

# The first bytes of real files; what follows is not looked at.
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00" * 64
QUICKTIME = b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  " + b"\x00" * 64
WEBM = (
    b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm"
    + b"\x00" * 64
)
MATROSKA = WEBM.replace(b"\x84webm", b"\x88matroska")


def home() -> HomePage:
    """The front page."""
    front: HomePage = HomePage.objects.get()
    return front


def person(role: PageRole, username: str) -> User:
    """Somebody with this role at the pages, whom mails reach."""
    user = make_user(username, email=f"{username}@example.com")
    page_roles.give(user=user, role=role)
    return user


def editor(username: str = "bian-ji") -> User:
    """One who writes pages."""
    return person(PageRole.EDITOR, username)


def reviewer(username: str = "shen-he") -> User:
    """One who publishes them."""
    return person(PageRole.REVIEWER, username)


def published(parent: Page, page: Page) -> Any:
    """The page below its parent, published."""
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def jpeg(width: int = 40, height: int = 30, colour: str = "green") -> bytes:
    """A small JPEG of one colour."""
    target = BytesIO()
    Image.new("RGB", (width, height), colour).save(target, "JPEG")
    return target.getvalue()


def picture(title: str = "竹林", *, width: int = 40, height: int = 30, **fields: Any) -> MarketImage:
    """A stored picture."""
    file = ImageFile(BytesIO(jpeg(width, height)), name="bamboo.jpg")
    made: MarketImage = MarketImage.objects.create(title=title, file=file, **fields)
    return made


def video_file(name: str = "village.mp4", content: bytes = MP4) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def document(title: str = "台账") -> Document:
    """A stored file to take along."""
    made: Document = Document.objects.create(title=title, file=SimpleUploadedFile("ledger.csv", b"a,b"))
    return made
