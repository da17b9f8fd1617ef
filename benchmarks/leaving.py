"""Writing an exit bundle: how long an award takes, and how much memory many of them do.

    python -m benchmarks.leaving [--awards 10000] [--png]

Two processes on SQLite: one issues, one writes the bundle of everything as a ZIP archive, as
`sealwright leave` does. What was written must be as many signed documents as were issued.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any
from zipfile import ZipFile

from benchmarks import bulk
from benchmarks.measuring import write_results
from benchmarks.restore import since


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--awards", type=int, default=10_000)
    parser.add_argument("--png", action="store_true", help="draw the badges as PNG, too")
    parser.add_argument("--step", choices=("issue", "leave"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.step == "issue":
        print(json.dumps(bulk.issue(arguments.awards)))
        return 0
    if arguments.step == "leave":
        print(json.dumps(leave(arguments.png)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        results = {step: run(step, arguments, Path(folder)) for step in ("issue", "leave")}
    file = write_results("leaving", results)
    right = results["leave"]["signed documents"] == arguments.awards
    print(f"Written to {file}. " + ("All are there." if right else "NOT ALL IS THERE."))
    return 0 if right else 1


def run(step: str, arguments: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """One step in a process of its own."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "sealwright.web.config.settings",
        "SEALWRIGHT_DATA": str(folder),
        "SEALWRIGHT_BASE_URL": "http://localhost:8000",
        "SEALWRIGHT_DATABASE": str(folder / "site.sqlite3"),
    }
    command = [sys.executable, "-m", "benchmarks.leaving", "--step", step]
    command += ["--awards", str(arguments.awards), *(["--png"] if arguments.png else [])]
    child = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(child.stdout.splitlines()[-1])
    print(f"{step:6}" + ", ".join(f"{value} {name}" for name, value in found.items()), flush=True)
    return found


def leave(has_png: bool) -> dict[str, Any]:
    """Write the bundle of the one provider there is."""
    import django

    django.setup()
    from sealwright.web.issuing.models import Award
    from sealwright.web.leaving.services.writing import write_bundle
    from sealwright.web.organisations.models import Organisation
    from sealwright.web.ui.assets import prepare

    prepare()
    organisation = Organisation.objects.get(pk=Award.objects.values("organisation")[:1])
    target = Path(os.environ["SEALWRIGHT_DATA"]) / "bundle.zip"
    started = perf_counter()
    *_, last = write_bundle(organisation, target, has_png=has_png)
    told = since(started)
    with ZipFile(target) as archive:
        names = archive.namelist()
    signed = sum(name.startswith("site/c/") and name.count("/") == 2 and name.endswith(".json")
                 for name in names)  # fmt: skip
    return {
        "signed documents": signed,
        "files": last.files,
        "MB": target.stat().st_size // 2**20,
        "ms an award": round(told["seconds"] * 1000 / last.awards, 1),
        **told,
    }


if __name__ == "__main__":
    sys.exit(main())
