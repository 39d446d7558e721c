"""A request remembers both sites: a person may be handed over from one to the other."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def _fill(apps: Any, _schema_editor: Any) -> None:
    people = apps.get_model("intake", "Participation").objects
    apps.get_model("tandems", "ReachRequest").objects.update(
        asking_site=Subquery(people.filter(pk=OuterRef("asking")).values("site")),
        asked_site=Subquery(people.filter(pk=OuterRef("asked")).values("site")),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0001_initial"),
        ("programme", "0002_invitation_fits_its_role"),
        ("tandems", "0001_initial"),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name="reachrequest",
                name=name,
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="+",
                    to="programme.site",
                ),
            )
            for name in ("asking_site", "asked_site")
        ),
        migrations.RunPython(_fill, migrations.RunPython.noop, elidable=True),
    ]
