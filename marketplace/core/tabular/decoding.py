"""A file's bytes as text: UTF-8 with or without a byte order mark; anything else is named, not guessed."""

import gzip
import zlib
from pathlib import Path

from django.utils.translation import gettext

from marketplace.core.tabular.errors import RowError, TableError

EXCEL = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx is a zip, .xls an OLE file
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path) -> str:
    """The text of the file, unpacked if its name ends in .gz.

    Raises:
        TableError: no such file, not readable, damaged, or not UTF-8.
    """
    return decode(_read_bytes(path), file=path.name)


def decode(content: bytes, *, file: str) -> str:
    """The text that the bytes hold; `file` is what an error calls them."""
    if content.startswith(EXCEL):
        raise _refused(file, gettext("This is an Excel workbook, not a CSV file."))
    try:
        decoded = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(file, _wrong_encoding(content)) from None
    if "\0" in decoded:
        raise _refused(file, gettext("The file is not text."))
    return decoded


def _read_bytes(path: Path) -> bytes:
    try:
        content = path.read_bytes()
        return gzip.decompress(content) if path.suffix == ".gz" else content
    except (FileNotFoundError, NotADirectoryError):
        message = gettext("There is no such file.")
        remedy = gettext("Check the path: %(path)s") % {"path": path}
    except (gzip.BadGzipFile, EOFError, zlib.error):
        message = gettext("The compressed file is damaged.")
        remedy = gettext("Fetch it again, or unpack it and give the CSV file.")
    except OSError as error:
        message = gettext("The file cannot be read: %(reason)s.") % {"reason": error.strerror}
        remedy = gettext("Check the path: %(path)s") % {"path": path}
    raise TableError(path.name, [RowError(message=message, remedy=remedy)])


def _wrong_encoding(content: bytes) -> str:
    if content.startswith(UTF_16):
        return gettext("The file is encoded in UTF-16, not in UTF-8.")
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return gettext("The file is not encoded in UTF-8.")
    return gettext("The file is encoded in GB18030 (Excel's ordinary CSV), not in UTF-8.")


def _refused(file: str, message: str) -> TableError:
    remedy = gettext("In Excel or WPS choose “Save as”, then “CSV UTF-8”.")
    return TableError(file, [RowError(message=message, remedy=remedy)])
