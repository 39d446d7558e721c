"""Many sites are paired together: rounds instead of nights, and the pairs of two sites they find."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0001_initial"),
        ("programme", "0002_invitation_fits_its_role"),
        ("tandems", "0003_hand_over"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameModel("PairingNight", "PairingRound"),
        migrations.CreateModel(
            name="AcrossOffer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("score", models.FloatField(verbose_name="score")),
                ("km", models.FloatField(null=True, verbose_name="km")),
                ("reasons", models.JSONField(default=list)),
                ("offered_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="pairinground",
            name="night_counts",
        ),
        migrations.AddField(
            model_name="pairinground",
            name="alone",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="pairinground",
            name="carrier",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="pairing_rounds",
                to="programme.carrier",
            ),
        ),
        migrations.AddField(
            model_name="pairinground",
            name="offered_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="pairinground",
            name="offers",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="pairinground",
            name="started_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="pairinground",
            name="together",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="pairinground",
            name="day",
            field=models.DateField(verbose_name="day"),
        ),
        migrations.AddConstraint(
            model_name="pairinground",
            constraint=models.UniqueConstraint(
                condition=models.Q(("carrier", None)), fields=("day",), name="one_round_a_night"
            ),
        ),
        migrations.AddConstraint(
            model_name="pairinground",
            constraint=models.UniqueConstraint(
                condition=models.Q(("finished_at", None)),
                fields=("carrier",),
                name="one_round_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="pairinground",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("computed__lte", models.F("looked_at")), ("failed__lte", models.F("looked_at"))
                ),
                name="round_counts",
            ),
        ),
        migrations.AddField(
            model_name="acrossoffer",
            name="newcomer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="intake.participation",
            ),
        ),
        migrations.AddField(
            model_name="acrossoffer",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="offered",
                to="tandems.pairinground",
            ),
        ),
        migrations.AddField(
            model_name="acrossoffer",
            name="volunteer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="intake.participation",
            ),
        ),
        migrations.AddConstraint(
            model_name="acrossoffer",
            constraint=models.UniqueConstraint(
                fields=("volunteer", "newcomer"), name="across_offer_once"
            ),
        ),
    ]
