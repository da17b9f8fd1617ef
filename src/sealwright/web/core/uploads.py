"""Uploads stay in memory and never reach the disk: this site keeps nothing of them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext as _

from sealwright.web.core.refusals import TOO_LARGE, Refusal


class MemoryOnly(FileUploadHandler):
    """Holds each file in memory, up to one byte more than the largest of its kind we accept.

    That byte tells the reader that the file was cut off; the bytes after it are dropped. What
    is sent at once is limited before (see `middleware.body_limit`).
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.held = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = largest(self.file_name or "") + 1 - self.held.tell()
        self.held.write(raw_data[:room])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.held.seek(0)
        return InMemoryUploadedFile(
            file=self.held,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=self.held.getbuffer().nbytes,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


def whole(file: UploadedFile[Any]) -> bytes:
    """What is in a file. Raises `Refusal` for one that was cut off, being too large."""
    most = largest(file.name or "")
    if (file.size or 0) > most:
        said = _("%(name)s is larger than %(most)d MB. Please send a smaller file.")
        raise Refusal(TOO_LARGE, said % {"name": file.name, "most": most // 1_000_000})
    return bytes(file.read())


def largest(name: str) -> int:
    """How many bytes a file of this name may have: a ZIP holds many."""
    return settings.LARGEST_ZIP if name.lower().endswith(".zip") else settings.LARGEST_FILE
