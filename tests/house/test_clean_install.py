"""The library installs and works where there is neither Django nor anything else of ours."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT

pytestmark = pytest.mark.clean

PIP = ("-m", "pip", "--disable-pip-version-check", "-qq")


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command, giving its output; a failure shows what it said."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that holds our wheel and what it requires."""
    folder = tmp_path_factory.mktemp("clean")
    wheels, pins = folder / "wheels", ROOT / "requirements" / "library.txt"
    run(
        *(sys.executable, *PIP, "wheel", "--no-deps", "--no-build-isolation"),
        *("--wheel-dir", wheels, ROOT),
        cwd=folder,
    )
    run(sys.executable, "-m", "venv", folder / "environment", cwd=folder)
    python = folder / "environment" / "bin" / "python"
    run(python, *PIP, "install", "--require-hashes", "-r", pins, cwd=folder)
    run(python, *PIP, "install", "--no-deps", *wheels.glob("*.whl"), cwd=folder)
    return python


def test_the_library_brings_no_web_framework(python: Path, tmp_path: Path) -> None:
    program = "import importlib.metadata as m; print(*(d.name.lower() for d in m.distributions()))"

    installed = set(run(python, "-c", program, cwd=tmp_path).split())

    assert installed - {"pip", "setuptools", "flit_core"} == {
        *("sealwright", "cryptography", "joserfc", "rfc8785"),
        *("cffi", "pycparser"),
    }


def test_every_module_of_the_library_imports_without_django(python: Path, tmp_path: Path) -> None:
    program = """
import importlib, pkgutil, sealwright.credentials, sealwright.cli, sys
for package in (sealwright.credentials, sealwright.cli):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
assert "django" not in sys.modules
"""

    run(python, "-W", "error", "-c", program, cwd=tmp_path)


def test_a_requirement_that_is_not_declared_is_missed(python: Path, tmp_path: Path) -> None:
    assert "No broken requirements" in run(python, *PIP[:3], "check", cwd=tmp_path)
