from django.core.management import call_command
from django.db import migrations


def create_table(apps, schema_editor):
    """Create the table of the cache that all processes share."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [migrations.RunPython(create_table, migrations.RunPython.noop)]
