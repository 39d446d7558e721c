import django.core.validators
import django.db.models.deletion
import tandemwerk.intake.files
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0003_languages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("programme", "0002_invitation_fits_its_role"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportBatch",
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
                        related_name="imports",
                        to="programme.site",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "being read"),
                            ("review", "to be looked through"),
                            ("taking", "being taken"),
                            ("taken", "taken"),
                            ("undone", "undone"),
                            ("failed", "failed"),
                        ],
                        default="uploaded",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("filename", models.CharField(max_length=120, verbose_name="file")),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        storage=tandemwerk.intake.files.PrivateStorage(),
                        upload_to=tandemwerk.intake.files.private_name,
                    ),
                ),
                ("problem", models.CharField(blank=True, max_length=30)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("consents", models.JSONField(default=list)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="uploaded")),
                ("moved_at", models.DateTimeField()),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("taken_at", models.DateTimeField(null=True, verbose_name="taken")),
            ],
            options={
                "indexes": [models.Index(fields=["site", "state"], name="import_site_state")],
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participations",
                        to="people.person",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="programme.site",
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
                            ("open", "open for a tandem"),
                            ("paused", "taking a break"),
                            ("left", "no longer taking part"),
                        ],
                        default="open",
                        max_length=6,
                        verbose_name="state",
                    ),
                ),
                ("waiting_since", models.DateField(verbose_name="waiting since")),
                (
                    "kinds",
                    models.PositiveSmallIntegerField(default=1, verbose_name="kinds of tandem"),
                ),
                ("topics", models.PositiveSmallIntegerField(default=0, verbose_name="topics")),
                (
                    "wishes_gender",
                    models.CharField(
                        choices=[
                            ("any", "does not matter"),
                            ("f", "a woman"),
                            ("m", "a man"),
                            ("d", "a diverse person"),
                        ],
                        default="any",
                        max_length=3,
                        verbose_name="the other person should be",
                    ),
                ),
                (
                    "max_km",
                    models.PositiveSmallIntegerField(
                        default=15, verbose_name="distance at most (km)"
                    ),
                ),
                (
                    "group_size",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="how many people",
                    ),
                ),
                (
                    "capacity",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3),
                        ],
                        verbose_name="tandems at the same time",
                    ),
                ),
                (
                    "max_group",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="groups of up to so many people",
                    ),
                ),
                (
                    "minors_ok",
                    models.BooleanField(default=False, verbose_name="may work with minors"),
                ),
                (
                    "volunteers_wanted",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3),
                        ],
                        verbose_name="how many volunteers",
                    ),
                ),
                ("is_minor", models.BooleanField(default=False, verbose_name="is a minor")),
                (
                    "priority",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(3)],
                        verbose_name="urgency",
                    ),
                ),
                (
                    "questions",
                    models.JSONField(blank=True, default=list, verbose_name="still to ask"),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["site", "side", "state"], name="participation_site"),
                    models.Index(fields=["side", "state", "site"], name="participation_open"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "site", "side"), name="participation_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capacity__range", (1, 3))),
                        name="participation_capacity",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("volunteers_wanted__range", (1, 3))),
                        name="participation_volunteers_wanted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RememberedMapping",
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
                        related_name="remembered_mappings",
                        to="programme.site",
                    ),
                ),
                ("signature", models.CharField(max_length=64)),
                ("mapping", models.JSONField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("site", "signature"), name="remembered_mapping_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sheets",
                        to="intake.importbatch",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=120, verbose_name="sheet")),
                ("mapping", models.JSONField()),
                ("samples", models.JSONField(default=list)),
                ("is_recalled", models.BooleanField(default=False)),
                ("is_chosen", models.BooleanField(default=True, verbose_name="import this sheet")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "position"), name="import_sheet_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="intake.importsheet",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("clean", "ready"),
                            ("wrong", "to correct"),
                            ("duplicate", "there already"),
                            ("skipped", "nobody in this row"),
                        ],
                        max_length=9,
                        verbose_name="verdict",
                    ),
                ),
                ("draft", models.JSONField(default=dict)),
                ("cells", models.JSONField(default=list)),
                ("findings", models.JSONField(default=dict)),
                ("same_as_row", models.CharField(blank=True, max_length=140)),
                (
                    "same_as",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="intake.participation",
                    ),
                ),
                ("is_somebody_else", models.BooleanField(default=False)),
                (
                    "participation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="import_rows",
                        to="intake.participation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["sheet", "state", "number"], name="import_row_state")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("sheet", "number"), name="import_row_once")
                ],
            },
        ),
    ]
