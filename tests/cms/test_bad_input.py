"""What must not come in: scripts, what is no video or too large a picture, players of other sites."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from wagtail.documents.models import Document
from wagtail.rich_text import RichText

from cms.blocks.media import PlayerBlock
from cms.blocks.text import FEATURES, TextBlock, clean_rich_text
from cms.players import player_address
from cms.videos import MOST_BYTES, Video, validate_video
from marketplace.core import uploads
from marketplace.images.models import MarketImage
from tests.cms.conftest import ClientOf
from tests.factories import pages

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("<p>好<script>alert(1)</script>货</p>", "<p>好货</p>"),
        ('<p onclick="alert(1)">好货</p>', "<p>好货</p>"),
        ('<p style="color:red" class="x">好货</p>', "<p>好货</p>"),
        ('<img src="x" onerror="alert(1)">', ""),
        ('<iframe src="https://example.com"></iframe>', ""),
        ("<svg><script>alert(1)</script></svg>", ""),
        ('<a href="javascript:alert(1)">点我</a>', "<a>点我</a>"),
        ('<a href="data:text/html,<script>1</script>">点我</a>', "<a>点我</a>"),
        ("<h1>大标题</h1>", "大标题"),
        ('<a href="https://example.com/">外链</a>', '<a href="https://example.com/">外链</a>'),
        ('<a linktype="page" id="3">内链</a>', '<a linktype="page" id="3">内链</a>'),
        ("<h2>小标题</h2><ul><li><b>好</b></li></ul>", "<h2>小标题</h2><ul><li><b>好</b></li></ul>"),
    ],
)
def test_rich_text_keeps_its_few_features_only(pasted: str, kept: str) -> None:
    assert clean_rich_text(pasted) == kept
    block = TextBlock()
    assert block.to_python(pasted).source == kept
    assert block.value_from_form(pasted).source == kept
    assert block.normalize(RichText(pasted)).source == kept


def test_the_editor_offers_these_features() -> None:
    assert FEATURES == ("h2", "h3", "bold", "ul", "ol", "link", "document-link")
    assert TextBlock().features == list(FEATURES)


def test_a_script_that_is_in_the_database_is_not_shown(client: Client) -> None:
    home = pages.home()
    script = "<p>好货</p><script>alert(1)</script><img src=x onerror=alert(1)>"
    type(home).objects.update(body=[{"type": "text", "value": script, "id": "a"}])
    html = client.get("/").content.decode()
    assert "好货" in html
    assert "alert(1)" not in html


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.mp4", pages.MP4), ("A.MP4", pages.MP4), ("a.webm", pages.WEBM)],
)
def test_mp4_and_webm_are_videos(name: str, content: bytes) -> None:
    validate_video(pages.video_file(name, content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.mov", pages.QUICKTIME),
        ("a.mp4", pages.QUICKTIME),
        ("a.mkv", pages.MATROSKA),
        ("a.webm", pages.MATROSKA),
        ("a.webm", pages.MP4),
        ("a.exe", pages.MP4),
        ("a.mp4", b"MZ\x90\x00" + b"\x00" * 64),
        ("a.mp4", b"<svg onload=alert(1)>"),
        ("a.mp4", b""),
    ],
)
def test_what_is_no_video_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_video(pages.video_file(name, content))
    assert refused.value.messages == ["这不是 .mp4 或 .webm 视频。请导出为 MP4（H.264）再上传。"]


@pytest.mark.parametrize(("size", "shown"), [(MOST_BYTES + 1, "201"), (2 * 1024**3, "2,048")])
def test_a_video_that_is_too_large_is_refused_before_it_is_read(size: int, shown: str) -> None:
    file = pages.video_file()
    file.size = size
    with pytest.raises(ValidationError) as refused:
        validate_video(file)
    assert refused.value.messages == [f"这个视频有 {shown} MB，最多 200 MB。请按 720p 重新导出，或剪短一些。"]


def test_the_largest_video_is_taken() -> None:
    file = pages.video_file()
    file.size = MOST_BYTES
    validate_video(file)


def test_an_editor_uploads_a_video_and_is_told_what_is_wrong_with_another(client_of: ClientOf) -> None:
    browser = client_of(pages.editor())
    address = reverse("wagtailsnippets_cms_video:add")
    response = browser.post(address, {"title": "村", "file": pages.video_file("a.mov", pages.QUICKTIME)})
    assert "这不是 .mp4 或 .webm 视频" in response.content.decode()
    assert not Video.objects.exists()
    response = browser.post(address, {"title": "村", "file": pages.video_file()})
    assert response.status_code == 302
    video = Video.objects.get()
    assert (video.title, video.media_type) == ("村", "video/mp4")


def test_an_upload_beyond_all_forms_fills_no_disk_and_is_refused(
    client_of: ClientOf, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same as with 2 GB, at a thousandth of it."""
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    monkeypatch.setattr(uploads, "MOST_BYTES", 201 * 1024)
    monkeypatch.setattr("cms.videos.MOST_BYTES", 200 * 1024)
    written = []
    write = uploads.TemporaryFileUploadHandler.new_file

    def new_file(self: Any, *args: Any, **kwargs: Any) -> None:
        write(self, *args, **kwargs)
        written.append(self.file)

    monkeypatch.setattr(uploads.TemporaryFileUploadHandler, "new_file", new_file)
    sizes: list[int] = []
    complete = uploads.TemporaryFileUploadHandler.file_complete

    def file_complete(self: Any, size: int) -> Any:
        sizes.append(Path(self.file.temporary_file_path()).stat().st_size)
        return complete(self, size)

    monkeypatch.setattr(uploads.TemporaryFileUploadHandler, "file_complete", file_complete)
    content = pages.MP4 + b"\x00" * (2 * 1024 * 1024)
    browser = client_of(pages.editor())
    response = browser.post(
        reverse("wagtailsnippets_cms_video:add"), {"title": "村", "file": pages.video_file(content=content)}
    )
    assert "最多 200 MB" in response.content.decode()
    assert not Video.objects.exists()
    assert sizes[0] <= 201 * 1024 + 64 * 1024  # the chunk in which the limit is passed is written
    for file in written:
        file.close()


def test_a_video_plays_only_after_a_press(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    video = Video.objects.create(title="竹林", file=pages.video_file("v.webm", pages.WEBM))
    home = pages.home()
    poster = pages.picture(width=1300, height=800)
    home.body = [("video", {"video": video, "poster": poster, "caption": "清早的竹林"})]
    home.save_revision().publish()
    html = client.get("/").content.decode()
    assert 'preload="none"' in html
    assert f'<source src="{video.file.url}" type="video/webm">' in html
    assert 'aria-label="竹林"' in html
    assert "清早的竹林" in html
    path = Path(video.file.path)
    with django_capture_on_commit_callbacks(execute=True):
        video.delete()
    assert not path.exists()
    assert client.get("/").status_code == 200


PLAYERS = {
    "https://www.bilibili.com/video/BV1xx411c7mD": "https://player.bilibili.com/player.html?bvid=BV1xx411c7mD&autoplay=0",
    "https://www.bilibili.com/video/BV1xx411c7mD/?spm_id_from=333": "https://player.bilibili.com/player.html?bvid=BV1xx411c7mD&autoplay=0",
    "https://v.qq.com/x/page/a0123456789.html": "https://v.qq.com/txp/iframe/player.html?vid=a0123456789",
}
NOT_ALLOWED = (
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "http://www.bilibili.com/video/BV1xx411c7mD",
    "https://www.bilibili.com.example.com/video/BV1xx411c7mD",
    "https://example.com/?https://www.bilibili.com/video/BV1xx411c7mD",
    'https://www.bilibili.com/video/BV1xx411c7mD"onload="alert(1)',
    "javascript:alert(1)",
)


@pytest.mark.parametrize(("url", "player"), PLAYERS.items())
def test_videos_of_allowed_sites_play(client: Client, url: str, player: str) -> None:
    assert PlayerBlock().clean(url) == url
    home = pages.home()
    home.body = [("player", url)]
    home.save_revision().publish()
    response = client.get("/")
    html = response.content.decode()
    assert f'src="{player.replace("&", "&amp;")}"' in html
    assert 'loading="lazy"' in html
    origin = "/".join(player.split("/")[:3])
    assert origin in response["Content-Security-Policy"]


@pytest.mark.parametrize("url", NOT_ALLOWED)
def test_no_other_site_is_embedded(client: Client, url: str, settings: Settings) -> None:
    assert player_address(url) == ""
    with pytest.raises(ValidationError):
        PlayerBlock().clean(url)
    type(pages.home()).objects.update(body=[{"type": "player", "value": url, "id": "a"}])
    assert "<iframe" not in client.get("/").content.decode()
    assert settings.WAGTAILEMBEDS_FINDERS == []


def test_the_editor_is_told_which_sites_are_allowed() -> None:
    with pytest.raises(ValidationError) as refused:
        PlayerBlock().clean("https://www.youtube.com/watch?v=dQw4w9WgXcQ")
    assert refused.value.messages == [
        "请粘贴以下网站的视频网址：哔哩哔哩、腾讯视频。其他视频请作为文件上传。"
    ]


def test_a_site_taken_off_the_list_plays_no_more(client: Client, settings: Settings) -> None:
    home = pages.home()
    home.body = [("player", next(iter(PLAYERS)))]
    home.save_revision().publish()
    assert "<iframe" in client.get("/").content.decode()
    settings.EMBED_PLAYERS = []
    assert "<iframe" not in client.get("/").content.decode()


def upload(browser: Client, name: str, content: bytes) -> dict[str, Any]:
    """What Wagtail answers to a picture."""
    response = browser.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "图", "files[]": SimpleUploadedFile(name, content)},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    answer: dict[str, Any] = response.json()
    return answer


def test_a_picture_of_40_megapixels_is_refused(client_of: ClientOf, tmp_path: Path) -> None:
    large = tmp_path / "large.png"
    Image.new("1", (8000, 5000)).save(large)
    answer = upload(client_of(pages.editor()), "large.png", large.read_bytes())
    assert answer["success"] is False
    assert "40000000" in answer["error_message"]
    assert "25000000" in answer["error_message"]
    assert "像素" in answer["error_message"]
    assert not MarketImage.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("a.png", b'<svg xmlns="http://www.w3.org/2000/svg"></svg>'),
        ("a.gif", b"GIF89a" + b"\x00" * 30),
        ("a.jpg", b"no picture"),
    ],
)
def test_what_is_no_picture_is_refused(client_of: ClientOf, name: str, content: bytes) -> None:
    answer = upload(client_of(pages.editor()), name, content)
    assert answer["success"] is False
    assert any("\u4e00" <= sign <= "\u9fff" for sign in answer["error_message"])
    assert not MarketImage.objects.exists()


def test_a_picture_comes_in(client_of: ClientOf) -> None:
    answer = upload(client_of(pages.editor()), "a.jpg", pages.jpeg(800, 600))
    assert answer["success"] is True
    assert MarketImage.objects.get().width == 800


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.js", "a.exe"])
def test_a_document_that_would_run_under_our_address_is_refused(client_of: ClientOf, name: str) -> None:
    browser = client_of(pages.editor())
    file = SimpleUploadedFile(name, b"<script>alert(1)</script>")
    response = browser.post(reverse("wagtaildocs:add"), {"title": "文件", "file": file})
    assert response.status_code == 200
    assert not Document.objects.exists()


def test_a_document_is_offered_as_a_download(client: Client) -> None:
    document = pages.document()
    response = client.get(document.url)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment;")
    assert b"".join(response) == b"a,b"
    response.close()
