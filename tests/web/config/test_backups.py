"""A backup holds everything but the key-encryption key, and a restore proves it."""

from __future__ import annotations

import json
import stat
import tarfile
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from sealwright.web.config.backups import (
    BackupRefused,
    back_up,
    check_all,
    named,
    restore,
    tables,
)
from sealwright.web.issuing.models import Award, Batch, Credential, SigningKey
from sealwright.web.issuing.services.batches import Person, carry_out, make_batch
from sealwright.web.organisations.models import Organisation, Role
from tests.web.factories import a_version, an_actor, an_organisation
from tests.web.side_by_side import side_by_side

pytestmark = pytest.mark.django_db(transaction=True)


def silent(line: str) -> None:
    """Says nothing."""


def issue(number: int) -> None:
    college = an_organisation()
    people = [Person(f"p{n}@people.example", name=f"P {n}") for n in range(number)]
    batch = make_batch(
        a_version(college),
        people,
        actor=an_actor(Role.ISSUER, college),
        source=Batch.Source.CSV,
        held=True,
    )
    while carry_out(batch.pk, held=True):
        pass


def empty() -> None:
    """As a new database: every row of ours gone, whatever points at it."""
    with transaction.atomic():
        for table in tables():
            table._base_manager.all()._raw_delete(using="default")


def test_what_was_backed_up_comes_back_and_verifies(tmp_path: Path) -> None:
    issue(7)
    before = {table: list(table._default_manager.order_by("pk").values()) for table in tables()}
    file = tmp_path / "all.tar"

    back_up(file, say=silent)
    empty()
    restore(file, say=silent)
    checked = check_all(say=silent)

    after = {table: list(table._default_manager.order_by("pk").values()) for table in tables()}
    assert {table: _plain(rows) for table, rows in after.items()} == {
        table: _plain(rows) for table, rows in before.items()
    }
    assert (checked.credentials, checked.erased, checked.wrong) == (7, 0, [])
    assert checked.keys == SigningKey.objects.count()


def test_new_rows_get_new_numbers_after_a_restore(tmp_path: Path) -> None:
    issue(2)
    back_up(tmp_path / "all.tar", say=silent)
    empty()
    restore(tmp_path / "all.tar", say=silent)

    issue(1)

    assert Award.objects.count() == 3


def test_a_credential_that_was_changed_is_found() -> None:
    issue(3)
    credential = Credential.objects.order_by("pk")[1]
    changed = bytes(credential.document or b"").replace(b"Coastal", b"Global", 1)
    Credential.objects.filter(pk=credential.pk).update(document=changed)

    assert check_all(say=silent).wrong == [credential.award.public_id]


def test_a_backup_that_was_changed_is_refused(tmp_path: Path) -> None:
    issue(1)
    file, forged = tmp_path / "all.tar", tmp_path / "forged.tar"
    back_up(file, say=silent)
    empty()
    with tarfile.open(file) as old, tarfile.open(forged, "w") as new:
        for member in old.getmembers():
            content = old.extractfile(member)
            if member.name == "manifest.json":
                manifest = json.load(old.extractfile(member) or content)  # type: ignore[arg-type]
                manifest["tables"]["issuing.award"]["sha256"] = "0" * 64
                (tmp_path / "m").write_text(json.dumps(manifest))
                new.add(tmp_path / "m", "manifest.json")
            else:
                new.addfile(member, content)

    with pytest.raises(BackupRefused, match=r"issuing\.award"):
        restore(forged, say=silent)

    assert not Award.objects.exists()


def test_a_database_with_rows_is_not_overwritten(tmp_path: Path) -> None:
    issue(1)
    back_up(tmp_path / "all.tar", say=silent)

    with pytest.raises(BackupRefused, match="not empty"):
        restore(tmp_path / "all.tar", say=silent)


def test_a_backup_of_another_address_is_refused(tmp_path: Path, settings: Any) -> None:
    back_up(tmp_path / "all.tar", say=silent)
    settings.BASE_URL = "https://elsewhere.example"

    with pytest.raises(BackupRefused, match="SEALWRIGHT_BASE_URL"):
        restore(tmp_path / "all.tar", say=silent)


def test_the_key_encryption_key_is_not_in_a_backup(tmp_path: Path, settings: Any) -> None:
    issue(1)
    back_up(tmp_path / "all.tar", say=silent)
    secret = Path(settings.KEK_FILE).read_text("ascii").split()[1].encode()

    with tarfile.open(tmp_path / "all.tar") as tar:
        names = tar.getnames()
    assert "manifest.json" in names
    assert secret not in (tmp_path / "all.tar").read_bytes()


def test_the_site_goes_on_during_a_backup_which_shows_one_moment(tmp_path: Path) -> None:
    an_organisation()

    def say(line: str) -> None:
        if line.startswith("issuing.award "):
            side_by_side([an_organisation])

    back_up(tmp_path / "all.tar", say=say)

    with tarfile.open(tmp_path / "all.tar") as tar:
        manifest = json.load(tar.extractfile("manifest.json"))  # type: ignore[arg-type]
    assert manifest["tables"]["organisations.organisation"]["rows"] == 1
    assert Organisation.objects.count() == 2


def test_only_its_owner_reads_a_backup_in_a_folder_of_them(tmp_path: Path) -> None:
    file = named(tmp_path)
    back_up(file, say=silent)

    assert file.parent == tmp_path
    assert file.suffix == ".tar"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_every_table_of_ours_is_backed_up() -> None:
    of_ours = {
        model._meta.label_lower
        for config in apps.get_app_configs()
        if config.name.startswith(("sealwright", "allauth"))
        for model in config.get_models()
    }

    assert of_ours <= {table._meta.label_lower for table in tables()}


def _plain(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {name: bytes(v) if isinstance(v, memoryview) else v for name, v in row.items()}
        for row in rows
    ]
