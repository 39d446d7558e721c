"""What people are told of: once for all of its readers, and one copy for each of them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tandemwerk.messaging.enums import COLLECTED, MAILED, Rhythm
from tandemwerk.people.models import User
from tandemwerk.programme.models import Viewer


class Notice(models.Model):
    """Something happened. ``key`` makes it unique: told again, it is not told twice."""

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=60)
    #: Path of the page where it can be seen, in any language.
    url = models.CharField(max_length=400)
    #: JSON values for the kind's sentence. Nothing confidential: every reader's export shows it.
    context = models.JSONField(default=dict)
    #: Who did it, and is therefore not told.
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    #: What an answer by mail is about; empty: it cannot be answered by mail.
    reply_purpose = models.CharField(max_length=40, blank=True)
    reply_object = models.BigIntegerField(null=True)
    #: Branch of the programme it belongs to, as in the audit trail; its team may read the mails.
    scope = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notice_reply_is_about_something",
                condition=models.Q(reply_purpose="", reply_object=None)
                | (~models.Q(reply_purpose="") & models.Q(reply_object__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class NoticeCopyQuerySet(models.QuerySet["NoticeCopy"]):
    def visible_to(self, user: Viewer) -> "NoticeCopyQuerySet":
        """Return somebody's own notices; nobody reads those of others."""
        return self.filter(user=user) if isinstance(user, User) else self.none()

    def unread(self) -> "NoticeCopyQuerySet":
        """Return those that were not opened yet."""
        return self.filter(read_at=None)


class NoticeCopy(models.Model):
    """A notice for one reader: read or not, and the mail that it still waits for."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="copies")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    read_at = models.DateTimeField(null=True)
    #: The mail in which it is still to be told; empty when it was, or needs none.
    waits_for = models.CharField(
        max_length=8,
        blank=True,
        choices=[(rhythm.value, rhythm.label) for rhythm in sorted(MAILED)],
    )

    objects: ClassVar[models.Manager["NoticeCopy"]] = NoticeCopyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["user", "-id"], name="notice_copy_list"),
            models.Index(
                fields=["user"], condition=models.Q(read_at=None), name="notice_copy_unread"
            ),
            models.Index(
                fields=["user", "waits_for"],
                condition=models.Q(waits_for__in=sorted(COLLECTED)),
                name="notice_copy_digest",
            ),
            models.Index(
                fields=["notice"],
                condition=models.Q(waits_for=Rhythm.AT_ONCE),
                name="notice_copy_at_once",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["notice", "user"], name="notice_copy_once"),
            models.CheckConstraint(
                name="notice_copy_waits_for_a_mail",
                condition=models.Q(waits_for__in=["", *sorted(MAILED)]),
            ),
        ]

    def __str__(self) -> str:
        return str(self.notice)


class NoticeChoice(models.Model):
    """How often somebody wants to hear of a group; without a row the group's default holds."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notice_choices")
    group = models.CharField(max_length=40)
    rhythm = models.CharField(_("rhythm"), max_length=8, choices=Rhythm.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "group"], name="notice_choice_once"),
            models.CheckConstraint(
                name="notice_choice_rhythm", condition=models.Q(rhythm__in=Rhythm.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.get_rhythm_display()}"


class MailPause(models.Model):
    """Somebody wants no mails about notices until a day; what happens meanwhile is kept."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="mail_pause")
    until = models.DateField(_("No mails until"))

    def __str__(self) -> str:
        return str(self.until)


class DigestRun(models.Model):
    """The digests of one morning, made in steps: each step and its mails are one transaction."""

    slot_at = models.DateTimeField(unique=True)
    #: What is new since then goes into the daily part.
    since = models.DateTimeField()
    #: The same for the weekly part; None on mornings that have none.
    weekly_since = models.DateTimeField(null=True)
    #: The account with the highest number that was seen to.
    last_user = models.BigIntegerField(default=0)
    readers = models.PositiveIntegerField(default=0)
    mails = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="digest_run_mails_are_some_of_readers",
                condition=models.Q(mails__lte=models.F("readers")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot_at:%Y-%m-%d}"
