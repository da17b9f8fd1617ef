"""Triggers by which the database itself refuses to change rows of some tables.

They are set after every `migrate` rather than by one migration: SQLite changes a table by
building it anew, and a table built anew has lost its triggers.
"""

from __future__ import annotations

from django.db import connections


def freeze(*tables: str, words: str, using: str = "default") -> None:
    """Refuse every UPDATE of the tables, with `words`, where this is not so yet."""
    connection = connections[using]
    with connection.cursor() as cursor:
        known = connection.introspection.table_names(cursor)
        for statement in _STATEMENTS[connection.vendor]:
            for table in tables:
                if table in known:
                    cursor.execute(statement.format(table=table, words=words))


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
