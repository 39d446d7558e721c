"""Telling people what is new: the part of this room that other rooms call.

A room says once, in its own ``notices.py`` (found by itself), what it can tell::

    from django.utils.translation import gettext_lazy as _
    from tandemwerk.messaging.notices import NoticeGroup, NoticeKind, Rhythm, register

    register(
        NoticeGroup(
            name="community.answers",
            label=_("Answers to me"),
            description=_("Somebody answers you or mentions you."),
            default=Rhythm.AT_ONCE,
            order=10,
        ),
        NoticeKind(
            name="community.reply",
            group="community.answers",
            label=_("A new answer"),  # also the mail's subject: names nobody
            sentence=_("%(who)s answered in «%(topic)s»."),  # or a function of the context
            body="excerpt",  # the context's text below the sentence, in a mail of its own
            action=_("Read the answer"),
            icon="chat",
        ),
    )

and whenever it happens, inside the transaction that does it::

    from tandemwerk.messaging.notices import notify

    notify(
        key=f"community.reply:{post.pk}",  # the same key again tells nobody twice
        kind="community.reply",
        to=follower_ids,  # numbers of accounts, tens of thousands are fine
        url=topic.get_absolute_url(),  # the path; shown in each reader's language
        context={"who": str(by), "topic": topic.title, "excerpt": post.text[:600]},
        by=by,  # whoever did it is not told
        at=at,
        reply_purpose="community.topic",  # with reply_object: the mail can be answered,
        reply_object=topic.pk,  # see ``replies``
    )

What ``notify`` does: one notice in the app for each open account (never for ``by``, never for
somebody who switched the group off); mails at once, daily or weekly as each reader chose, each
exactly once whatever dies in between. ``context`` are JSON values and hold nothing confidential.
The sentence is said in the reader's language when it is read. Who may see what, the caller knows:
``to`` names only people who may see the page behind ``url``.

A second call with the same key adds readers who were not told yet and changes nothing for others.
``withdraw(keys=[...])`` takes notices back (a post was removed). ``progress(key=...)`` says how far
a notice to thousands has come: readers, still waiting for their mail, read.

What has no single moment (new in the library, in the spaces somebody follows) goes into the daily
or weekly mail as a section, looked up for some hundred accounts at a time::

    @digest_section("community.spaces", group="community.spaces", label=_("In your spaces"))
    def lines(users, since, until):
        # a bounded number of queries; text in the language of each account
        return {user_id: [Line(text="…", url="/de/…"), ...], ...}

A digest without notices and lines is not sent.
"""

from tandemwerk.messaging.enums import Rhythm
from tandemwerk.messaging.kinds import (
    Line,
    NoticeGroup,
    NoticeKind,
    UnknownKindError,
    digest_section,
    register,
)
from tandemwerk.messaging.services.notifying import Progress, notify, progress, withdraw

__all__ = [
    "Line",
    "NoticeGroup",
    "NoticeKind",
    "Progress",
    "Rhythm",
    "UnknownKindError",
    "digest_section",
    "notify",
    "progress",
    "register",
    "withdraw",
]
