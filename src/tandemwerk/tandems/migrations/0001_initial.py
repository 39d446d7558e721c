import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("intake", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("programme", "0002_invitation_fits_its_role"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeclinedPair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "volunteer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="intake.participation",
                    ),
                ),
                (
                    "newcomer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="intake.participation",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("distance", "the way is too long"),
                            ("time", "their times do not fit"),
                            ("fit", "they would not fit, as far as we know them"),
                            ("known", "they know each other already"),
                            ("wish", "one of them does not want this"),
                            ("answer", "one of them said no"),
                            ("other", "another reason"),
                        ],
                        default="other",
                        max_length=8,
                        verbose_name="reason",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "declined_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("declined_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("volunteer", "newcomer"), name="declined_pair_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PairingNight",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True, verbose_name="day")),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("sites", models.PositiveIntegerField(default=0)),
                ("last_site", models.PositiveBigIntegerField(default=0)),
                ("looked_at", models.PositiveIntegerField(default=0)),
                ("computed", models.PositiveIntegerField(default=0)),
                ("failed", models.PositiveIntegerField(default=0)),
                ("suggestions", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("computed__lte", models.F("looked_at")),
                            ("failed__lte", models.F("looked_at")),
                        ),
                        name="night_counts",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PairingRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pairing_runs",
                        to="programme.site",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "waiting"),
                            ("running", "computing"),
                            ("done", "done"),
                            ("failed", "failed"),
                        ],
                        default="queued",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                ("input_hash", models.CharField(blank=True, max_length=64)),
                ("rules", models.JSONField(default=list)),
                ("weights", models.JSONField(default=dict)),
                ("summary", models.JSONField(default=dict)),
                ("left", models.JSONField(default=list)),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                ("fairness", models.JSONField(default=list)),
                ("wanted", models.JSONField(default=list)),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["site", "created_at"], name="run_site")],
            },
        ),
        migrations.CreateModel(
            name="PairingTerms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "carrier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pairing_terms",
                        to="programme.carrier",
                    ),
                ),
                (
                    "is_nightly",
                    models.BooleanField(default=False, verbose_name="suggest pairs every night"),
                ),
                (
                    "nightly_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("nightly_at", models.DateTimeField(null=True)),
                (
                    "reach",
                    models.CharField(
                        choices=[
                            ("none", "only inside each site"),
                            ("carrier", "between our own sites"),
                            ("agreed", "also with sites of other carriers that agreed"),
                        ],
                        default="none",
                        max_length=7,
                        verbose_name="pairs across sites",
                    ),
                ),
                (
                    "reach_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reach_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="PairingWeights",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "site",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pairing_weights",
                        to="programme.site",
                    ),
                ),
                (
                    "carrier",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pairing_weights",
                        to="programme.carrier",
                    ),
                ),
                ("values", models.JSONField(default=dict, verbose_name="weights")),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("carrier__isnull", False), ("site__isnull", True)),
                            models.Q(("carrier__isnull", True), ("site__isnull", False)),
                            _connector="OR",
                        ),
                        name="weights_of_one_place",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReachRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "asking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="intake.participation",
                    ),
                ),
                (
                    "asked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="intake.participation",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("agreed", "agreed"),
                            ("declined", "declined"),
                        ],
                        default="asked",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("asking", "asked"), name="reach_request_once"),
                    models.CheckConstraint(
                        condition=models.Q(("asking", models.F("asked")), _negated=True),
                        name="reach_request_of_two",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tandem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tandems",
                        to="programme.site",
                    ),
                ),
                (
                    "volunteer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tandems_as_volunteer",
                        to="intake.participation",
                    ),
                ),
                (
                    "newcomer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tandems_as_newcomer",
                        to="intake.participation",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("trial", "getting to know each other"),
                            ("active", "running"),
                            ("paused", "paused"),
                            ("ended", "ended"),
                            ("declined", "declined"),
                            ("expired", "no answer in time"),
                        ],
                        default="proposed",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "kind",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "everyday life"),
                            (1, "a goal: school, training, work"),
                            (2, "guidance to offices and services"),
                        ],
                        default=0,
                        verbose_name="kind",
                    ),
                ),
                (
                    "place",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3),
                        ],
                    ),
                ),
                (
                    "newcomer_place",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3),
                        ],
                    ),
                ),
                (
                    "language",
                    models.CharField(blank=True, max_length=3, verbose_name="common language"),
                ),
                ("km", models.FloatField(null=True, verbose_name="km")),
                ("reasons", models.JSONField(default=list)),
                ("agreement", models.TextField(blank=True, verbose_name="agreement")),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="proposed")),
                ("founded_on", models.DateField(blank=True, null=True, verbose_name="founded")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended")),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("goal", "the goal is reached"),
                            ("time", "the agreed time is over"),
                            ("moved", "somebody moved away"),
                            ("no_time", "no time any more"),
                            ("no_fit", "it did not fit"),
                            ("lost", "contact was lost"),
                            ("friends", "goes on as a friendship without us"),
                            ("other", "another reason"),
                        ],
                        max_length=8,
                        verbose_name="why it ended",
                    ),
                ),
                ("followed_up_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["site", "state", "founded_on"], name="tandem_numbers"),
                    models.Index(fields=["founded_on"], name="tandem_founded"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ("proposed", "trial", "active", "paused"))
                        ),
                        fields=("newcomer", "newcomer_place"),
                        name="tandem_within_wanted",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ("proposed", "trial", "active", "paused"))
                        ),
                        fields=("volunteer", "place"),
                        name="tandem_within_capacity",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ("proposed", "trial", "active", "paused"))
                        ),
                        fields=("volunteer", "newcomer"),
                        name="tandem_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place__range", (1, 3))), name="tandem_place"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("newcomer_place__range", (1, 3))),
                        name="tandem_newcomer_place",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tandem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="tandems.tandem",
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("volunteer", "volunteer"), ("newcomer", "newcomer")],
                        max_length=9,
                        verbose_name="side",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "no answer yet"),
                            ("yes", "yes"),
                            ("no", "no"),
                            ("call", "please call me"),
                        ],
                        default="waiting",
                        max_length=7,
                        verbose_name="answer",
                    ),
                ),
                ("nonce", models.CharField(max_length=32)),
                (
                    "note",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="a line for the site"
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("reminded_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("waiting", "call"))),
                        fields=["expires_at"],
                        name="answer_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("tandem", "side"), name="answer_once_per_side")
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tandem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checkins",
                        to="tandems.tandem",
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("volunteer", "volunteer"), ("newcomer", "newcomer")],
                        max_length=9,
                        verbose_name="side",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due")),
                ("nonce", models.CharField(max_length=32)),
                ("asked_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(null=True)),
                (
                    "mood",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("very_good", "very good"),
                            ("all_right", "all right"),
                            ("hard", "hard"),
                            ("call", "please call me"),
                        ],
                        max_length=9,
                        verbose_name="answer",
                    ),
                ),
                (
                    "line",
                    models.CharField(blank=True, max_length=300, verbose_name="a line of text"),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                ("handled_at", models.DateTimeField(null=True)),
                (
                    "handled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("handled_at", None), ("mood__in", ("hard", "call"))),
                        fields=["tandem"],
                        name="checkin_needs_care",
                    ),
                    models.Index(
                        condition=models.Q(("asked_at", None)),
                        fields=["due_on"],
                        name="checkin_to_ask",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tandem", "side", "due_on"), name="checkin_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tandem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meetings",
                        to="tandems.tandem",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("first", "first meeting at the site"),
                            ("trial", "meeting to get to know each other"),
                            ("regular", "meeting"),
                            ("site", "talk with the site"),
                        ],
                        default="regular",
                        max_length=7,
                        verbose_name="kind",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="when")),
                ("minutes", models.PositiveSmallIntegerField(default=60, verbose_name="minutes")),
                ("place", models.CharField(blank=True, max_length=160, verbose_name="where")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("sequence", models.PositiveSmallIntegerField(default=0)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "noted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tandem", "starts_at"], name="meeting_tandem")],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tandem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="tandems.tandem",
                    ),
                ),
                ("text", models.TextField(verbose_name="note")),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("written_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suggestions",
                        to="tandems.pairingrun",
                    ),
                ),
                (
                    "volunteer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="intake.participation",
                    ),
                ),
                (
                    "newcomer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="intake.participation",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("outdated", "no longer possible"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("score", models.FloatField(verbose_name="score")),
                ("km", models.FloatField(null=True, verbose_name="km")),
                ("language", models.CharField(blank=True, max_length=3, verbose_name="language")),
                ("reasons", models.JSONField(default=list)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "locked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("locked_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["run"],
                        name="suggestion_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "volunteer", "newcomer"), name="suggestion_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TandemMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tandem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="tandems.tandem",
                    ),
                ),
                (
                    "from_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("proposed", "proposed"),
                            ("trial", "getting to know each other"),
                            ("active", "running"),
                            ("paused", "paused"),
                            ("ended", "ended"),
                            ("declined", "declined"),
                            ("expired", "no answer in time"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("trial", "getting to know each other"),
                            ("active", "running"),
                            ("paused", "paused"),
                            ("ended", "ended"),
                            ("declined", "declined"),
                            ("expired", "no answer in time"),
                        ],
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by_kind", models.CharField(max_length=10)),
                ("by_id", models.BigIntegerField(null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
            ],
        ),
    ]
