"""What this room keeps about a person."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tandemwerk.core.actors import Actor
from tandemwerk.core.privacy import (
    AccountData,
    PersonalData,
    erased_by_the_key,
    name_facts,
    register,
)
from tandemwerk.messaging.kinds import group_named
from tandemwerk.messaging.models import InboundMail, MailPause, Message, NoticeChoice, NoticeCopy
from tandemwerk.messaging.queries import without_tokens
from tandemwerk.messaging.writing import sentence_of


def _export(person_id: int) -> list[dict[str, Any]]:
    return _messages(Message.objects.filter(person_id=person_id))


def _export_of_account(user_id: int) -> list[dict[str, Any]]:
    return _messages(Message.objects.filter(user_id=user_id))


def _messages(found: QuerySet[Message]) -> list[dict[str, Any]]:
    return [
        {
            "subject": message.subject,
            "text": without_tokens(message.text),
            "state": message.get_state_display(),
            "written_at": message.created_at.isoformat(),
            "sent_at": message.sent_at.isoformat() if message.sent_at else None,
        }
        for message in found.order_by("created_at", "pk")
    ]


def _erase(person_id: int, _by: Actor, _at: datetime) -> None:
    Message.objects.filter(person_id=person_id).delete()


def _export_notices(user_id: int) -> list[dict[str, Any]]:
    copies = NoticeCopy.objects.filter(user_id=user_id).select_related("notice").order_by("pk")
    return [
        {
            "sentence": sentence_of(copy.notice),
            "created_at": copy.notice.created_at.isoformat(),
            "read_at": copy.read_at.isoformat() if copy.read_at else None,
        }
        for copy in copies
    ]


def _export_choices(user_id: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for choice in NoticeChoice.objects.filter(user_id=user_id).order_by("group"):
        group = group_named(choice.group)
        about = str(group.label) if group else choice.group
        rows.append({"about": about, "rhythm": choice.get_rhythm_display()})
    pauses = MailPause.objects.filter(user_id=user_id)
    return rows + [{"no_mails_until": pause.until.isoformat()} for pause in pauses]


def _export_answers(user_id: int) -> list[dict[str, Any]]:
    mails = InboundMail.objects.filter(user_id=user_id).order_by("received_at", "pk")
    return [
        {"state": mail.get_state_display(), "received_at": mail.received_at.isoformat()}
        for mail in mails
    ]


register(
    AccountData(
        name="account_messages",
        title=_("Mails to your account"),
        purpose=_("So that you get what concerns you, once and in your language."),
        kept=_("Half a year after they were sent."),
        models=("messaging.message",),
        export=_export_of_account,
        erase=erased_by_the_key,
    ),
    AccountData(
        name="notices",
        title=_("News for you"),
        purpose=_("So that you hear of what concerns you."),
        kept=_("90 days after you read it, a year if you did not."),
        models=("messaging.noticecopy",),
        export=_export_notices,
        erase=erased_by_the_key,
    ),
    AccountData(
        name="notice_choices",
        title=_("How often you want to hear of news"),
        purpose=_("So that you get as many mails as you want."),
        kept=_("As long as you have an account."),
        models=("messaging.noticechoice", "messaging.mailpause"),
        export=_export_choices,
        erase=erased_by_the_key,
    ),
    AccountData(
        name="answers_by_mail",
        title=_("Answers you sent by mail"),
        purpose=_("So that an answer is taken over once. What it says is not kept here."),
        kept=_("Half a year."),
        models=("messaging.inboundmail",),
        export=_export_answers,
        erase=erased_by_the_key,
    ),
    PersonalData(
        name="messages",
        title=_("Messages to you"),
        purpose=_("So that you get what concerns you, once and in your language."),
        kept=_("Half a year after they were sent."),
        models=("messaging.message",),
        export=_export,
        erase=_erase,
    ),
)

name_facts(
    {
        "sentence": _("What it said"),
        "no_mails_until": _("No mails until"),
        "read_at": _("Read"),
        "received_at": _("Received"),
        "rhythm": _("How often"),
    }
)
