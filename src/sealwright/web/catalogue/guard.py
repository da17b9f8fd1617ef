"""Triggers by which the database itself refuses to change what is published.

They are set after every `migrate` rather than by one migration: SQLite changes a table by
building it anew, and a table built anew has lost its triggers.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

TABLES = ("catalogue_version", "catalogue_versionskill")
WORDS = "what is published never changes"


def guard(*, using: str = "default", **signal: Any) -> None:
    """Set the triggers where they are not set yet; heard after `migrate`."""
    connection = connections[using]
    with connection.cursor() as cursor:
        known = connection.introspection.table_names(cursor)
        for statement in _STATEMENTS[connection.vendor]:
            for table in TABLES:
                if table in known:
                    cursor.execute(statement.format(table=table, words=WORDS))


_STATEMENTS = {
    "sqlite": (
        "CREATE TRIGGER IF NOT EXISTS {table}_frozen BEFORE UPDATE ON {table} "
        "BEGIN SELECT RAISE(ABORT, '{words}'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '{words}'; END $$",
        "CREATE OR REPLACE TRIGGER {table}_frozen BEFORE UPDATE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
    ),
}
