"""Backup and restore: every row of the site in one file, whichever database it came from.

The file is a tar with a manifest (counts and SHA-256 of each table) and a file of JSON lines a
table, taken within one transaction, so it shows one moment. It holds the wrapped private keys
but not the key-encryption key, which has to be kept elsewhere. Restoring checks every table
against the manifest, opens every key, and verifies every credential again.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils import timezone

from sealwright import __version__
from sealwright.credentials.dids import VerificationMethod, did_web_document, did_web_url
from sealwright.credentials.fetching import RecordedWeb
from sealwright.credentials.keys import PublicKey
from sealwright.credentials.model.report import Verdict
from sealwright.credentials.verify import Verifier
from sealwright.web.issuing.models import Credential, SigningKey
from sealwright.web.issuing.services.kek import WrongKey
from sealwright.web.issuing.services.keys import method_of, signer_of

FORMAT: Final = 1
PIECE: Final = 1000
LEFT_OUT: Final = frozenset({"sessions.session", "contenttypes.contenttype", "auth.permission"})
"""Tables that are made anew: sign-ins end with a restore."""

Say = Callable[[str], None]
Table = type[models.Model]


class BackupRefused(Exception):
    """The backup cannot be written or restored; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What verifying everything again has found."""

    keys: int
    credentials: int
    erased: int
    wrong: list[str]
    """Public ids of awards whose credential is not what was signed."""


def named(path: Path) -> Path:
    """The file that is meant: within a folder, one named after this moment."""
    return path / f"{timezone.now():sealwright-%Y-%m-%dT%H%M%SZ.tar}" if path.is_dir() else path


def back_up(path: Path, *, say: Say, at: datetime | None = None) -> int:
    """Write everything to `path`, which must not exist; how many rows that is."""
    if path.exists():
        raise BackupRefused(f"{path} is there already. Choose another name.")
    draft = path.with_name(f"{path.name}.part")
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "version": __version__,
        "base_url": settings.BASE_URL,
        "at": (at or timezone.now()).isoformat(),
        "tables": {},
    }
    with _one_moment(), _private(draft) as out, tarfile.open(fileobj=out, mode="w") as tar:
        for table in tables():
            say(f"{table._meta.label_lower} …")
            with tempfile.TemporaryFile() as file:
                manifest["tables"][table._meta.label_lower] = _write(table, file)
                _add(tar, f"tables/{table._meta.label_lower}.jsonl.gz", file)
        text = json.dumps(manifest, indent=2).encode()
        _add(tar, "manifest.json", io.BytesIO(text))
    draft.replace(path)
    return sum(table["rows"] for table in manifest["tables"].values())


def restore(path: Path, *, say: Say) -> int:
    """Fill an empty database from `path`; how many rows that is. Raises `BackupRefused`."""
    with tarfile.open(path, "r") as tar:
        manifest = json.load(_member(tar, "manifest.json"))
        _check(manifest)
        say("preparing the tables …")
        call_command("migrate", interactive=False, verbosity=0)
        known = {table._meta.label_lower: table for table in tables()}
        taken = [label for label, table in known.items() if table._default_manager.exists()]
        if taken:
            raise BackupRefused(
                f"The database is not empty (there are rows in {', '.join(taken[:3])}). Restore "
                "into a new one."
            )
        with transaction.atomic():
            for label, told in manifest["tables"].items():
                say(f"{label}: {told['rows']} rows …")
                if label not in known:
                    raise BackupRefused(f"This version has no table {label}.")
                _read(known[label], _member(tar, f"tables/{label}.jsonl.gz"), told)
    _restart_numbers(known.values())
    return sum(table["rows"] for table in manifest["tables"].values())


def check_all(*, say: Say) -> Checked:
    """Open every key and verify the proof of every credential again."""
    keys = list(SigningKey.objects.select_related("organisation"))
    wrong = [f"key {key.name}" for key in keys if not _opens(key)]
    verifier = Verifier(fetcher=_published_keys(keys))
    done = erased = 0
    credentials = Credential.objects.select_related("award").order_by("pk")
    for credential in credentials.iterator(chunk_size=PIECE):
        done += 1
        if credential.document is None:
            erased += 1
        elif not _is_sound(credential, verifier):
            wrong.append(credential.award.public_id)
        if done % 10_000 == 0:
            say(f"{done} credentials verified …")
    return Checked(len(keys), done, erased, wrong)


def tables() -> list[Table]:
    """Every table with rows of ours, those first that others point to."""
    ours = [
        table
        for table in apps.get_models()
        if table._meta.managed and table._meta.label_lower not in LEFT_OUT
    ]
    return sorted(ours, key=lambda table: table._meta.label_lower)


@contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction that sees one moment, however long it takes, and holds up nobody."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    connection.ensure_connection()
    sqlite: Any = connection
    usual, sqlite.transaction_mode = sqlite.transaction_mode, "DEFERRED"  # reads, and locks nobody
    try:
        with transaction.atomic():
            yield
    finally:
        sqlite.transaction_mode = usual


@contextmanager
def _private(path: Path) -> Iterator[IO[bytes]]:
    """A new file for its owner alone: there are names and addresses in it."""
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        yield file


# --- Tables as lines ------------------------------------------------------------------------


def _write(table: Table, file: IO[bytes]) -> dict[str, Any]:
    digest, rows = hashlib.sha256(), 0
    with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=6, mtime=0) as out:
        for line in _lines(table):
            digest.update(line)
            out.write(line)
            rows += 1
    return {"rows": rows, "sha256": digest.hexdigest()}


def _lines(table: Table) -> Iterator[bytes]:
    fields = table._meta.concrete_fields
    for row in table._default_manager.order_by("pk").iterator(chunk_size=PIECE):
        values = {field.attname: _as_json(field, row) for field in fields}
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _as_json(field: Any, row: models.Model) -> Any:
    value = field.value_from_object(row)
    if value is None or isinstance(field, models.JSONField):
        return value
    return field.value_to_string(row)


def _read(table: Table, file: IO[bytes], told: dict[str, Any]) -> None:
    digest, rows = hashlib.sha256(), 0
    fields = {field.attname: field for field in table._meta.concrete_fields}

    def made() -> Iterator[models.Model]:
        nonlocal rows
        with gzip.GzipFile(fileobj=file, mode="rb") as lines:
            for line in lines:
                digest.update(line)
                rows += 1
                values = json.loads(line)
                yield table(**{n: _as_value(fields[n], v) for n, v in values.items()})

    stream = made()
    while piece := list(islice(stream, PIECE)):
        table._default_manager.bulk_create(piece)
    if (rows, digest.hexdigest()) != (told["rows"], told["sha256"]):
        raise BackupRefused(f"The table {table._meta.label_lower} is not what was backed up.")


def _as_value(field: Any, value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    target = field.target_field if field.is_relation else field
    return target.to_python(value)


def _check(manifest: dict[str, Any]) -> None:
    if manifest.get("format") != FORMAT:
        raise BackupRefused(f"This backup has the format {manifest.get('format')}, not {FORMAT}.")
    if manifest["base_url"] != settings.BASE_URL:
        raise BackupRefused(
            f"This backup is of {manifest['base_url']}; set SEALWRIGHT_BASE_URL to that, or what "
            "was issued will not verify."
        )


def _restart_numbers(restored: Iterable[Table]) -> None:
    """Have the database count on from the numbers that were restored."""
    statements = connection.ops.sequence_reset_sql(no_style(), list(restored))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _add(tar: tarfile.TarFile, name: str, file: IO[bytes]) -> None:
    info = tarfile.TarInfo(name)
    info.size = file.seek(0, io.SEEK_END)
    file.seek(0)
    tar.addfile(info, file)


def _member(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    try:
        file = tar.extractfile(name)
    except KeyError:
        file = None
    if file is None:
        raise BackupRefused(f"There is no {name} in this file: is it a backup of Sealwright?")
    return file


# --- Verifying everything again -------------------------------------------------------------


def _opens(key: SigningKey) -> bool:
    try:
        signer = signer_of(key)
    except WrongKey:
        return False
    return signer.public_key.to_multikey() == key.public_multikey


def _is_sound(credential: Credential, verifier: Verifier) -> bool:
    document = bytes(credential.document or b"")
    if sha256(document).hexdigest() != credential.sha256:
        return False
    report = verifier.verify_proof_only(document, at=credential.signed_at).report
    return report.verdict is Verdict.VALID


def _published_keys(keys: Iterable[SigningKey]) -> RecordedWeb:
    """The keys of all issuers, as their DID documents have them.

    Compromise is left out: whether the bytes are those that were signed is what is asked.
    """
    by_did: dict[str, list[VerificationMethod]] = {}
    for key in keys:
        if key.organisation is not None:
            public = PublicKey.from_multikey(key.public_multikey)
            did = key.organisation.did
            by_did.setdefault(did, []).append(VerificationMethod(method_of(key), did, public))
    host = urlsplit(settings.BASE_URL).netloc
    documents = {
        did_web_url(did): {"body": did_web_document(did, methods)}
        for did, methods in by_did.items()
    }
    return RecordedWeb(documents, allow_local=frozenset({host}))
