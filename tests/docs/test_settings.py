"""Every variable that the site reads has its row in the reference, and the other way round."""

from __future__ import annotations

import ast
import re

from tests.docs.pages import DOCS, ROOT

SETTINGS = ROOT / "src" / "sealwright" / "web" / "config" / "settings.py"
ELSEWHERE = {"SECRET_KEY_FILE", "SHARED", "CHROMIUM"}


def test_the_page_of_settings_names_each_variable_and_no_other() -> None:
    named = set(
        re.findall(r"SEALWRIGHT_(\w+)", (DOCS / "reference/settings.md").read_text("utf-8"))
    )

    assert named == read_by_the_site() | ELSEWHERE


def read_by_the_site() -> set[str]:
    """The names given to the typed reader of variables in the settings."""
    return {
        call.args[0].value
        for call in ast.walk(ast.parse(SETTINGS.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "env"
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }
