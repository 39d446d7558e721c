import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DigestRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slot_at", models.DateTimeField(unique=True)),
                ("since", models.DateTimeField()),
                ("weekly_since", models.DateTimeField(null=True)),
                ("last_user", models.BigIntegerField(default=0)),
                ("readers", models.PositiveIntegerField(default=0)),
                ("mails", models.PositiveIntegerField(default=0)),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("mails__lte", models.F("readers"))),
                        name="digest_run_mails_are_some_of_readers",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InboundMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64, unique=True)),
                ("raw", models.BinaryField(default=b"")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("taken", "taken over"),
                            ("refused", "refused"),
                            ("ignored", "ignored"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("received_at", models.DateTimeField(db_index=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=20)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state", "waiting"), ("raw", b""), _connector="OR"),
                        name="inbound_mail_forgets_its_words",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MailPause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mail_pause",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("until", models.DateField(verbose_name="No mails until")),
            ],
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=120, unique=True)),
                ("kind", models.CharField(max_length=60, verbose_name="kind")),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="people.person",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("address", models.EmailField(blank=True, max_length=254, verbose_name="address")),
                (
                    "reply_to",
                    models.EmailField(blank=True, max_length=254, verbose_name="answers go to"),
                ),
                ("language", models.CharField(max_length=8)),
                ("subject", models.CharField(max_length=160, verbose_name="subject")),
                ("text", models.TextField()),
                ("html", models.TextField(blank=True)),
                ("calendar", models.TextField(blank=True)),
                ("headers", models.JSONField(blank=True, default=dict)),
                ("scope", models.CharField(blank=True, max_length=80)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "waiting"),
                            ("sending", "being sent"),
                            ("sent", "sent"),
                            ("failed", "failed"),
                            ("uncertain", "uncertain"),
                            ("cancelled", "cancelled"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("last_error", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "queued")),
                        fields=["due_at"],
                        name="message_due",
                    ),
                    models.Index(fields=["scope", "created_at"], name="message_scope"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("address", ""), ("person", None), ("user", None), _negated=True
                        ),
                        name="message_has_a_reader",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=120, unique=True)),
                ("kind", models.CharField(max_length=60)),
                ("url", models.CharField(max_length=400)),
                ("context", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reply_purpose", models.CharField(blank=True, max_length=40)),
                ("reply_object", models.BigIntegerField(null=True)),
                ("scope", models.CharField(blank=True, max_length=80)),
                ("created_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reply_object", None), ("reply_purpose", "")),
                            models.Q(
                                models.Q(("reply_purpose", ""), _negated=True),
                                ("reply_object__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="notice_reply_is_about_something",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice_choices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("group", models.CharField(max_length=40)),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("at_once", "At once by mail"),
                            ("daily", "Once a day by mail"),
                            ("weekly", "Once a week by mail"),
                            ("in_app", "Only here, no mail"),
                            ("off", "Not at all"),
                        ],
                        max_length=8,
                        verbose_name="rhythm",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "group"), name="notice_choice_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rhythm__in", ["at_once", "daily", "weekly", "in_app", "off"])
                        ),
                        name="notice_choice_rhythm",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeCopy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="copies",
                        to="messaging.notice",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "waits_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("at_once", "At once by mail"),
                            ("daily", "Once a day by mail"),
                            ("weekly", "Once a week by mail"),
                        ],
                        max_length=8,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["user", "-id"], name="notice_copy_list"),
                    models.Index(
                        condition=models.Q(("read_at", None)),
                        fields=["user"],
                        name="notice_copy_unread",
                    ),
                    models.Index(
                        condition=models.Q(("waits_for__in", ["daily", "weekly"])),
                        fields=["user", "waits_for"],
                        name="notice_copy_digest",
                    ),
                    models.Index(
                        condition=models.Q(("waits_for", "at_once")),
                        fields=["notice"],
                        name="notice_copy_at_once",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "user"), name="notice_copy_once"),
                    models.CheckConstraint(
                        condition=models.Q(("waits_for__in", ["", "at_once", "daily", "weekly"])),
                        name="notice_copy_waits_for_a_mail",
                    ),
                ],
            },
        ),
    ]
