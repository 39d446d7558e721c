"""Who lives around somebody is looked up by postcode."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_languages"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["postcode"], name="person_postcode"),
        ),
    ]
