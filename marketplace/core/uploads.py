"""Files that come in: what is larger than any form takes is counted, and not written to the disk."""

from django.core.files.uploadhandler import TemporaryFileUploadHandler

# The largest file of any form (a page's video) and a little: its form has to see that it is too large.
MOST_BYTES = 201 * 1024 * 1024


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Django's, which stops writing after MOST_BYTES.

    The file's `size` is that of all that was sent, so that the form itself refuses it, in its own words.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Writes the chunk while the file may still be one that a form takes."""
        if start < MOST_BYTES:
            self.file.write(raw_data)
