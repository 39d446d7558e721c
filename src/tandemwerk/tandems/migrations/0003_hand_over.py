"""One of a pair across two sites is handed over. PostgreSQL alters no table it has just filled."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tandems", "0002_request_keeps_its_sites"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            "reachrequest",
            "asking_site",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="programme.site",
            ),
        ),
        migrations.AlterField(
            "reachrequest",
            "asked_site",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="programme.site",
            ),
        ),
        migrations.AlterField(
            "reachrequest",
            "state",
            models.CharField(
                choices=[
                    ("asked", "asked"),
                    ("agreed", "agreed"),
                    ("declined", "declined"),
                    ("handed", "handed over"),
                    ("over", "no longer possible"),
                ],
                default="asked",
                max_length=8,
                verbose_name="state",
            ),
        ),
        migrations.AddField(
            "reachrequest",
            "handed_to",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="programme.site",
            ),
        ),
        migrations.AddField(
            "reachrequest",
            "handed_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("reachrequest", "handed_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "reachrequest",
            "handed_way",
            models.CharField(
                blank=True,
                choices=[
                    ("paper", "signed on paper"),
                    ("spoken", "spoken at the site"),
                    ("form", "in a form"),
                    ("link", "through a link"),
                    ("list", "told by the site that keeps the list"),
                ],
                default="",
                max_length=6,
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "reachrequest",
            models.CheckConstraint(
                name="reach_request_handed_to",
                condition=models.Q(("handed_to__isnull", False), ("state", "handed"))
                | (models.Q(("state", "handed"), _negated=True) & models.Q(("handed_to", None))),
            ),
        ),
    ]
