"""Photos as a phone makes them."""

from io import BytesIO

from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload

ORIENTATION, TURNED_RIGHT = 0x0112, 6
GPS, GPS_LATITUDE = 0x8825, 2


def phone_photo(width: int, height: int) -> FilePayload:
    """Held upright (red above, green below), stored lying on its side, with the place where it was taken."""
    upright = Image.effect_noise((width, height), 40).convert("RGB")
    draw = ImageDraw.Draw(upright)
    draw.rectangle((0, 0, width, height // 4), fill="red")
    draw.rectangle((0, height * 3 // 4, width, height), fill="green")
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED_RIGHT
    exif.get_ifd(GPS)[GPS_LATITUDE] = (23.0, 32.0, 51.0)
    content = BytesIO()
    upright.transpose(Image.Transpose.ROTATE_90).save(content, "JPEG", quality=92, exif=exif)
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}
