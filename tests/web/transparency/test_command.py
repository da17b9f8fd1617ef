"""`sealwright log monitor` on the site itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from sealwright.cli import main
from sealwright.web.core.worker import run_pending
from sealwright.web.transparency.models import Leaf
from tests.web.factories import an_award, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_operator_is_told_of_the_first_bad_entry(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    college = an_organisation()
    for _ in range(3):
        an_award(college)
    run_pending()
    command = ["log", "monitor", "--state", str(tmp_path / "seen.json")]

    good = main(command)
    Leaf.objects.filter(index=1).update(data=b"x" * 32)
    bad = main(command)

    said = capsys.readouterr().out.splitlines()
    assert (good, bad) == (0, 1)
    assert said[0].endswith("3 entries, nothing changed")
    assert "entry 1: " in said[1]
    assert "checkpoints" in (tmp_path / "seen.json").read_text()
