"""Three credentials to try: one that holds, one that ended, one that was changed.

They are copies of the project's `examples/` (the good one of `full.json`). What their issuer
publishes is kept beside them, so trying one asks nobody anything; the issuer is in a register
of our own, for them alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext_lazy as _

from sealwright.credentials.fetching import RecordedWeb
from sealwright.credentials.model.report import Report
from sealwright.credentials.verify import ListedRegistry, Verifier
from sealwright.web.verifying.wording import Tone, Words

FOLDER = files("sealwright.web.verifying") / "samples_data"


@dataclass(frozen=True, slots=True)
class Sample:
    """A credential of ours, and what it shows."""

    key: str
    name: Words
    line: Words
    tone: Tone

    def data(self) -> bytes:
        return (FOLDER / f"{self.key}.json").read_bytes()


SAMPLES = {
    sample.key: sample
    for sample in (
        Sample("good", _("A good one"), _("Signed, current, its issuer known"), Tone.GOOD),
        Sample("expired", _("One that ended"), _("Sound once, past its date"), Tone.CAUTION),
        Sample("tampered", _("A tampered one"), _("A word was changed after signing"), Tone.BAD),
    )
}


def check_sample(sample: Sample, *, at: datetime) -> Report:
    """A report on a sample, made by the same verifier as any other."""
    return _verifier().verify(sample.data(), at=at)


def _verifier() -> Verifier:
    register = ListedRegistry.from_document(
        str(_("The register of our own examples")), "", _read("registry")
    )
    return Verifier(fetcher=RecordedWeb(_read("web")), registries=(register,))


def _read(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_bytes())
