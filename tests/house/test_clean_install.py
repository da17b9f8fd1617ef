"""The library installs and works where there is neither Django nor anything else of ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT

pytestmark = pytest.mark.clean

GOOD = ROOT / "examples" / "good.json"
PIP = ("-m", "pip", "--disable-pip-version-check", "-qq")


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command, giving its output; a failure shows what it said.

    The settings of this test run stay here.
    """
    own = ("DJANGO_", "SEALWRIGHT_", "PYTHON")
    env = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our package as users get it."""
    folder = tmp_path_factory.mktemp("wheels")
    run(
        *(sys.executable, *PIP, "wheel", "--no-deps", "--no-build-isolation"),
        *("--wheel-dir", folder, ROOT),
        cwd=folder,
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with our wheel and what the library requires."""
    return environment(tmp_path_factory.mktemp("library"), wheel, "library.txt")


@pytest.fixture(scope="module")
def python_of_the_site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with our wheel and what the site requires."""
    return environment(tmp_path_factory.mktemp("site"), wheel, "run.txt")


def environment(folder: Path, wheel: Path, pins: str) -> Path:
    run(sys.executable, "-m", "venv", folder, cwd=folder)
    python = folder / "bin" / "python"
    lock = ROOT / "requirements" / pins
    run(python, *PIP, "install", "--no-deps", "--require-hashes", "-r", lock, cwd=folder)
    run(python, *PIP, "install", "--no-deps", wheel, cwd=folder)
    return python


def test_the_library_brings_no_web_framework(python: Path, tmp_path: Path) -> None:
    program = "import importlib.metadata as m; print(*(d.name.lower() for d in m.distributions()))"

    installed = set(run(python, "-c", program, cwd=tmp_path).split())

    assert installed - {"pip", "setuptools", "flit_core"} == {
        *("sealwright", "cryptography", "rfc8785"),
        *("cffi", "pycparser"),
    }


def test_every_module_of_the_library_imports_without_django(python: Path, tmp_path: Path) -> None:
    program = """
import importlib, pkgutil, sealwright.credentials, sealwright.cli, sealwright.vcapi, sys
for package in (sealwright.credentials, sealwright.cli, sealwright.vcapi):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
assert "django" not in sys.modules
"""

    run(python, "-W", "error", "-c", program, cwd=tmp_path)


def test_a_requirement_that_is_not_declared_is_missed(python: Path, tmp_path: Path) -> None:
    assert "No broken requirements" in run(python, *PIP[:3], "check", cwd=tmp_path)


def test_an_example_verifies_without_django(python: Path, tmp_path: Path) -> None:
    command = python.parent / "sealwright"

    said = run(command, "verify", "--offline", "--json", GOOD, cwd=tmp_path)

    assert json.loads(said)["verdict"] == "valid"


def test_the_wheel_holds_everything_that_the_site_shows(
    python_of_the_site: Path, tmp_path: Path
) -> None:
    program = """
import re
from sealwright.web.config.wsgi import application
from django.test import Client

client = Client(SERVER_NAME="localhost")
for page in ("/", "/verify"):
    answer = client.get(page)
    assert answer.status_code == 200, (page, answer.status_code)
    for asset in re.findall(r'"(/static/[^"]+)"', answer.content.decode()):
        assert client.get(asset).status_code == 200, asset
        print(asset)
"""

    assets = run(python_of_the_site, "-c", program, cwd=tmp_path).split()

    assert any(asset.endswith(".css") for asset in assets)
