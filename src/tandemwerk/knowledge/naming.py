"""What this room's actions and tables are called in the audit trail."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tandemwerk.core.naming import name_actions, name_tables

name_tables(
    {
        "knowledge.article": _("article"),
        "knowledge.term": pgettext_lazy("library", "subject"),
        "knowledge.readinglist": _("reading list"),
    }
)
name_actions(
    {
        "knowledge.begin_article": _("began an article"),
        "knowledge.change_article": _("changed an article"),
        "knowledge.take_lock": _("took over an article that somebody else was writing"),
        "knowledge.archive_article": _("put an article into the archive"),
        "knowledge.reopen_article": _("took an article out of the archive"),
        "knowledge.change_owner": _("gave an article to somebody to look after"),
        "knowledge.ask_review": _("asked for a review"),
        "knowledge.send_back_article": _("sent an article back"),
        "knowledge.schedule_article": _("approved an article for later"),
        "knowledge.cancel_schedule": _("took back a publication at a set time"),
        "knowledge.publish_article": _("published an article"),
        "knowledge.confirm_article": _("said that an article is still true"),
        "knowledge.set_review_date": _("chose when an article is checked"),
        "knowledge.translate_article": _("began a translation"),
        "knowledge.adapt_article": _("began a carrier's own version"),
        "knowledge.use_article": _("said that a site uses an article"),
        "knowledge.end_use": _("said that a site no longer uses an article"),
        "knowledge.comment_article": _("commented on an article"),
        "knowledge.resolve_comment": _("dealt with a comment"),
        "knowledge.respond": _("noted a response to a recommendation"),
        "knowledge.add_file": _("added a file to an article"),
        "knowledge.remove_file": _("removed a file from an article"),
        "knowledge.make_list": _("made a reading list"),
        "knowledge.change_list": _("changed a reading list"),
        "knowledge.delete_list": _("removed a reading list"),
        "knowledge.put_on_list": _("put an article on a reading list"),
        "knowledge.take_off_list": _("took an article off a reading list"),
        "knowledge.sort_list": _("sorted a reading list"),
        "knowledge.add_term": _("added a subject"),
        "knowledge.change_term": _("changed a subject"),
    }
)
