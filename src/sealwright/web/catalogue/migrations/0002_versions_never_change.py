"""Have the database itself refuse changes of what is published, whoever asks for them."""

from typing import Any

from django.db import migrations

TABLES = ("catalogue_version", "catalogue_versionskill")


def refuse(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION catalogue_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'what is published never changes'; END $$"
        )
    for table in TABLES:
        schema_editor.execute(_trigger(schema_editor.connection.vendor, table))


def allow(apps: Any, schema_editor: Any) -> None:
    of_table = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        on = f" ON {table}" if of_table else ""
        schema_editor.execute(f"DROP TRIGGER {table}_frozen{on}")
    if of_table:
        schema_editor.execute("DROP FUNCTION catalogue_refuse()")


def _trigger(vendor: str, table: str) -> str:
    head = f"CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} "
    if vendor == "postgresql":
        return f"{head} FOR EACH ROW EXECUTE FUNCTION catalogue_refuse()"
    return f"{head} BEGIN SELECT RAISE(ABORT, 'what is published never changes'); END"


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]

    operations = [migrations.RunPython(refuse, allow)]
