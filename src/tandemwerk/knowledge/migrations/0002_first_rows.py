from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="articlefile",
            name="first_rows",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
