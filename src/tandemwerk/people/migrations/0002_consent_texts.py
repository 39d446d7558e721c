from django.db import migrations

from tandemwerk.people.consent_texts import TEXTS


def put_first_versions(apps, schema_editor):
    """Put the words of version 1 into the table: they are never changed again."""
    texts = apps.get_model("people", "ConsentText").objects
    for (purpose, version), by_language in TEXTS.items():
        if version == 1:
            for language, text in by_language.items():
                texts.get_or_create(
                    purpose=purpose.value,
                    version=version,
                    language=language,
                    defaults={"text": text},
                )


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [migrations.RunPython(put_first_versions, migrations.RunPython.noop)]
