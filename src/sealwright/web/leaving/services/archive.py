"""Where a bundle is written to: a ZIP archive or a folder, file by file.

Nothing of a file stays in memory when it is written. A ZIP archive keeps its table of contents,
about half a kilobyte a file, until it is closed.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, Protocol, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

MANIFEST: Final = "MANIFEST.json"
PACKED: Final = frozenset({"png", "woff2", "pdf", "zip", "jpg", "jpeg"})
"""Endings of files that are compressed already."""

PERMISSIONS: Final = 0o100644 << 16
"""An ordinary file that everybody may read, as ZIP archives write it."""


class Place(Protocol):
    """Takes files, one after the other."""

    def open(self, path: str) -> IO[bytes]:
        """A file to write to; the one before must be closed."""
        ...

    def close(self) -> None:
        """No more files come."""
        ...


class Zipped:
    """Files in a ZIP archive."""

    def __init__(self, path: Path, at: datetime) -> None:
        self._archive = ZipFile(path, "w", ZIP_DEFLATED)
        moment = max(at.astimezone(UTC), datetime(1980, 1, 1, tzinfo=UTC))
        self._moment = moment.timetuple()[:6]

    def open(self, path: str) -> IO[bytes]:
        """See `Place`."""
        info = ZipInfo(path, self._moment)
        info.compress_type = ZIP_STORED if path.rpartition(".")[2] in PACKED else ZIP_DEFLATED
        info.external_attr = PERMISSIONS
        return self._archive.open(info, "w")

    def close(self) -> None:
        """See `Place`."""
        self._archive.close()


class Folder:
    """Files in a folder."""

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True)
        self._root = path

    def open(self, path: str) -> IO[bytes]:
        """See `Place`."""
        file = self._root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        return file.open("xb")

    def close(self) -> None:
        """See `Place`."""


class Archive:
    """A bundle being written: beside its target first, moved there when it is whole.

    Every file is hashed on its way for the manifest, which is written last. Leaving the context
    without `finish` throws away what was written.
    """

    def __init__(self, target: Path, *, at: datetime, as_folder: bool = False) -> None:
        if target.exists():
            raise FileExistsError(target)
        self.target = target
        self._draft = target.with_name(f"{target.name}.part")
        _remove(self._draft)
        target.parent.mkdir(parents=True, exist_ok=True)
        self._place: Place = Folder(self._draft) if as_folder else Zipped(self._draft, at)
        self._digests = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115
        self.files = 0
        self.bytes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.discard()

    def add(self, path: str, body: bytes) -> None:
        """Write one file."""
        with self.open(path) as file:
            file.write(body)

    @contextmanager
    def open(self, path: str) -> Iterator[Hashed]:
        """A file to write to, piece by piece."""
        with self._place.open(path) as file:
            hashed = Hashed(file)
            yield hashed
        self._digests.write(f"{json.dumps(path)}: {json.dumps(hashed.digest)}\n")
        self.files += 1
        self.bytes += hashed.size

    def finish(self, about: Mapping[str, Any]) -> None:
        """Write the manifest, which begins with what `about` tells, and move all to its target."""
        with self._place.open(MANIFEST) as file:
            head = json.dumps({**about, "count": self.files}, indent=2)
            file.write(f'{head.removesuffix("}").rstrip()},\n  "files": {{'.encode())
            self._digests.seek(0)
            for number, line in enumerate(self._digests):
                file.write(f"{',' if number else ''}\n    {line.rstrip()}".encode())
            file.write(b"\n  }\n}\n")
        self._place.close()
        self._draft.replace(self.target)
        self._digests.close()

    def discard(self) -> None:
        """Throw away what is not finished; nothing where it is."""
        self._digests.close()
        with suppress(ValueError, OSError):
            self._place.close()
        _remove(self._draft)


class Hashed:
    """A file that is written to, with the SHA-256 of what was written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._sha256 = sha256()
        self.size = 0

    def write(self, piece: bytes) -> None:
        """Write and count a piece."""
        self._sha256.update(piece)
        self.size += len(piece)
        self._file.write(piece)

    @property
    def digest(self) -> str:
        """In hexadecimal digits."""
        return self._sha256.hexdigest()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
