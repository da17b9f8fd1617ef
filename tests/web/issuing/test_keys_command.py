"""`sealwright keys`, in the hands of whoever runs the site."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from sealwright.cli import main
from sealwright.web.audit.models import Entry
from sealwright.web.issuing.models import Award, IssuerRecord, SigningKey
from sealwright.web.issuing.services.kek import add_version
from tests.web.factories import an_award, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_key_lives_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    college = an_organisation()
    award = an_award(college)
    since = (timezone.now() - timedelta(hours=1)).isoformat(timespec="seconds")

    codes = [
        main(["keys", "rotate", college.slug]),
        main(["keys", "retire", college.slug, "key-3"]),
        main(["keys", "new", college.slug, "--at-once"]),
        main(["keys", "stop", college.slug, "--why", "A laptop is gone"]),
        main(["keys", "compromise", college.slug, "key-1", "--since", since, "--why", "Stolen"]),
        main(["keys", "go", college.slug]),
        main(["keys", "list", college.slug]),
        main(["keys", "list"]),
    ]

    said = capsys.readouterr().out
    assert codes == [0] * 8
    assert f"{college.slug}  key-1  assertion  Ed25519  compromised since" in said
    assert "Revoke: 1 of 1" in said
    assert Award.objects.get(pk=award.pk).revocation_reason == "key-compromised"
    assert IssuerRecord.objects.get().stopped_at is None
    assert Entry.objects.filter(actor="operator", event="key.compromised").exists()


@pytest.mark.parametrize(
    "arguments",
    [("retire", "nobody", "key-1"), ("retire", "", "key-1"), ("stop", "", "--why", " ")],
)
def test_what_is_refused_is_said_and_exits_with_64(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    college = an_organisation()
    an_award(college)
    action, slug, *rest = arguments

    assert main(["keys", action, slug or college.slug, *rest]) == 64

    assert capsys.readouterr().err.startswith("sealwright: ")


def test_all_keys_are_wrapped_anew(
    capsys: pytest.CaptureFixture[str], settings: Any, tmp_path: Path
) -> None:
    settings.KEK_FILE = tmp_path / "kek"
    assert main(["keys", "new-kek", str(settings.KEK_FILE)]) == 0
    an_award(an_organisation())
    add_version(settings.KEK_FILE)

    codes = [main(["keys", "rewrap"]), main(["keys", "rewrap"])]

    assert codes == [0, 0]
    assert "2 keys wrapped anew\n0 keys wrapped anew" in capsys.readouterr().out
    assert set(SigningKey.objects.values_list("wrapped_by", flat=True)) == {"kek-2"}
