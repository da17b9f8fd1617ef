"""`sealwright skills`: what credentials are good for. One module a group of actions."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

MODULES: Final = (
    "skills_match",
    "skills_gap",
    "skills_reach",
    "skills_routes",
    "skills_standing",
    "skills_screen",
)
"""The modules with actions, in the order in which help lists them."""


def add_parser(commands: Any) -> None:
    """Add `skills` and what it can do to the command line."""
    parser = commands.add_parser(
        "skills",
        help="find skills in texts, gaps, routes, and rank on proof",
        description="Frameworks of skills at work. Needs the extra “skills”.",
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    for name in MODULES:
        import_module(f"sealwright.cli.{name}").add_actions(actions)
