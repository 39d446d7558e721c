"""Posts as a page shows them, written at once instead of tag by tag in a template.

A long conversation has hundreds of buttons, addresses and dates. What is the same for all posts of
a page (words, what the reader may do) is looked up once.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, Final

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tandemwerk.community.enums import PostState, Via
from tandemwerk.community.models import Attachment, Post
from tandemwerk.community.queries.posts import ReactionLine, ShownPost
from tandemwerk.core.addresses import address_of
from tandemwerk.core.markdown import text_of_html
from tandemwerk.ui.signs import badge, icon, joined

MAX_QUOTE: Final = 180
_NOTHING: Final = SafeString()


class PostDrawer:
    """Draws the posts of one page. ``context`` is the template's: ``topic`` and ``may_…``."""

    def __init__(self, context: Any) -> None:
        self.topic = context["topic"]
        self.page_number = context["page"].page.number
        self.csrf = _csrf_field(context.get("csrf_token"))
        self._drawn_reactions: dict[ReactionLine, SafeString] = {}
        for name in ("write", "accept", "mark_official", "moderate", "make_article"):
            setattr(self, f"may_{name}", bool(context.get(f"may_{name}")))

    may_write: bool
    may_accept: bool
    may_mark_official: bool
    may_moderate: bool
    may_make_article: bool

    def draw(self, shown: ShownPost, *, prefix: str = "", bare: bool = False) -> SafeString:
        """Return a post; a ``bare`` one has nothing that one can do with it."""
        post = shown.post
        tone = " post--official" if shown.is_official else ""
        tone = " post--accepted" if shown.is_accepted else tone
        is_gone = post.state == PostState.REMOVED
        return format_html(
            '<article class="post{}" id="{}post-{}" aria-labelledby="{}by-{}">{}{}{}</article>\n',
            *(tone, prefix, post.pk, prefix, post.pk),
            self._head(shown, prefix),
            self._gone if is_gone else self._said(shown),
            _NOTHING if is_gone or bare else self._foot(shown, prefix),
        )

    # ------------------------------------------------------------------ who, when and what

    def _head(self, shown: ShownPost, prefix: str) -> SafeString:
        post, speaker = shown.post, shown.speaker
        moment = timezone.localtime(post.created_at)
        place = (
            format_html(' <span class="post__place"><bdi>{}</bdi></span>', speaker.place)
            if speaker.place
            else _NOTHING
        )
        return format_html(
            '<header class="post__head"><span class="post__face" aria-hidden="true">{}</span>'
            '<p class="post__who" id="{}by-{}"><strong><bdi>{}</bdi></strong>{}</p>'
            '<p class="post__when"><a href="#post-{}"><time datetime="{}">{}, {}</time></a>{}{}</p>'
            '<p class="post__signs">{}</p></header>\n',
            icon("eye-slash") if speaker.is_unnamed else speaker.initial,
            *(prefix, post.pk, speaker.name, place),
            *(post.pk, moment.isoformat(timespec="seconds")),
            *(date_format(moment, "DATE_FORMAT"), date_format(moment, "TIME_FORMAT")),
            self._by_mail if post.via == Via.MAIL else _NOTHING,
            self._edited(post) if shown.was_edited else _NOTHING,
            joined(self._signs(shown)),
        )

    def _edited(self, post: Post) -> SafeString:
        address = address_of("community:history", post.pk)
        return format_html(' · <a href="{}">{}</a>', address, _("edited"))

    def _signs(self, shown: ShownPost) -> Iterable[SafeString]:
        if shown.is_new:
            yield badge(_("new"), tone="accent")
        if shown.is_accepted:
            yield badge(_("accepted answer"), tone="good")
        if shown.is_official:
            yield badge(_("official answer"), tone="primary")
        if shown.post.state == PostState.PENDING:
            yield badge(_("waits for the moderation"), tone="note")
        elif shown.post.state == PostState.HIDDEN:
            yield badge(_("hidden"), tone="careful")

    def _said(self, shown: ShownPost) -> SafeString:
        # The text was cleaned when it was written, by ``core.markdown``.
        text = mark_safe(shown.post.html)  # noqa: S308 see above
        return format_html(
            '{}<div class="prose post__text" dir="auto">{}</div>{}\n',
            _quoted(shown) if shown.quoted else _NOTHING,
            text,
            _files(shown.attachments) if shown.attachments else _NOTHING,
        )

    # ------------------------------------------------------------------ what one can do

    def _foot(self, shown: ShownPost, prefix: str) -> SafeString:
        is_shown = shown.post.state == PostState.SHOWN
        return format_html(
            '<footer class="post__foot">{}<div class="post__actions">{}{}'
            '<details class="menu"><summary class="btn btn-quiet btn-icon">{}</summary>'
            '<div class="menu__panel"><ul class="menu__list">{}</ul>{}</div></details>'
            "</div></footer>",
            self._reactions(shown, prefix) if is_shown else _NOTHING,
            self._accept(shown) if is_shown and self.may_accept else _NOTHING,
            self._answer(shown.post) if is_shown and self.may_write else _NOTHING,
            self._more,
            joined(self._links(shown)),
            joined(self._buttons(shown)) if is_shown else _NOTHING,
        )

    def _reactions(self, shown: ShownPost, prefix: str) -> SafeString:
        address = address_of("community:react", shown.post.pk)
        name = f"{prefix}reactions-{shown.post.pk}"
        return format_html(
            '<form method="post" action="{}" class="reactions" id="{}" hx-post="{}"'
            ' hx-target="this" hx-select="#{}" hx-swap="outerHTML">{}{}</form>',
            *(address, name, address, name, self.csrf),
            joined(map(self._reaction, shown.reactions)),
        )

    def _reaction(self, line: ReactionLine) -> SafeString:
        """Return a button; most are the same, since most posts have few reactions."""
        if (drawn := self._drawn_reactions.get(line)) is None:
            count = line.count
            drawn = self._drawn_reactions[line] = format_html(
                '<button class="reaction" name="{}" value="{}" aria-pressed="{}">'
                "{}<span>{}</span>{}</button>",
                *("off" if line.is_mine else "kind", line.kind),
                *("true" if line.is_mine else "false", icon(line.icon), line.label),
                format_html('<span class="tabular">{}</span>', count) if count else _NOTHING,
            )
        return drawn

    def _accept(self, shown: ShownPost) -> SafeString:
        if shown.is_first:
            return _NOTHING
        return self._toggle(
            "accept",
            shown.post,
            is_on=shown.is_accepted,
            instead_of=self.topic.accepted_post_id,
            inside=self._accepted if shown.is_accepted else self._helped,
        )

    def _answer(self, post: Post) -> SafeString:
        return format_html(
            '<a class="btn btn-quiet" href="?quote={}&amp;page={}#reply">{}</a>',
            *(post.pk, self.page_number, self._reply),
        )

    def _links(self, shown: ShownPost) -> Iterable[SafeString]:
        post = shown.post
        if shown.may_change:
            yield _link("edit", post, self._change)
        if shown.was_edited:
            yield _link("history", post, _sign("clock-history", _("History")))
        if not shown.is_own:
            yield _link("report_post", post, self._report)
        if self.may_moderate:
            yield _link("moderate_post", post, self._moderate)

    def _buttons(self, shown: ShownPost) -> Iterable[SafeString]:
        post = shown.post
        if self.may_mark_official and not shown.is_first:
            word = _("No longer official") if shown.is_official else _("Mark as official answer")
            yield self._toggle(
                "official",
                post,
                is_on=shown.is_official,
                instead_of=self.topic.official_post_id,
                inside=_sign("shield-check", word),
            )
        if self.may_make_article:
            yield self._form("make_article", post, _button(self._article))
        if shown.is_own and not shown.is_first:
            warning = _(
                "Your words and files are gone. That something stood here can still be seen."
            )
            confirm = format_html(' data-confirm="{}"', warning)
            button = _button(_sign("trash", _("Take back")))
            yield self._form("remove", post, button, attributes=confirm)

    def _toggle(
        self, name: str, post: Post, *, is_on: bool, instead_of: int | None, inside: SafeString
    ) -> SafeString:
        """Return a button that marks a post or takes the mark away, unless another was faster."""
        fields = format_html(
            '<input type="hidden" name="instead_of" value="{}">'
            '<button class="btn btn-quiet" name="to" value="{}">{}</button>',
            *("" if instead_of is None else instead_of, "off" if is_on else "on", inside),
        )
        return self._form(name, post, fields)

    def _form(
        self, name: str, post: Post, fields: SafeString, *, attributes: SafeString = _NOTHING
    ) -> SafeString:
        return format_html(
            '<form method="post" action="{}"{}>{}{}</form>',
            *(address_of(f"community:{name}", post.pk), attributes, self.csrf, fields),
        )

    # ------------------------------------------------------------------ the same on all posts

    @cached_property
    def _gone(self) -> SafeString:
        words = _("These words were taken back.")
        return format_html('<p class="text-muted">{}</p>', words)

    @cached_property
    def _by_mail(self) -> SafeString:
        return format_html(" · {}", _("by mail"))

    @cached_property
    def _more(self) -> SafeString:
        return icon("three-dots", label=_("More about this post"))

    @cached_property
    def _helped(self) -> SafeString:
        return _sign("check-circle", _("This helped"))

    @cached_property
    def _accepted(self) -> SafeString:
        return _sign("check-circle", _("Not the answer after all"))

    @cached_property
    def _reply(self) -> SafeString:
        return _sign("reply", _("Answer to this"))

    @cached_property
    def _change(self) -> SafeString:
        return _sign("pencil", _("Change"))

    @cached_property
    def _report(self) -> SafeString:
        return _sign("exclamation-triangle", _("Report"))

    @cached_property
    def _moderate(self) -> SafeString:
        return _sign("shield-check", _("Moderate"))

    @cached_property
    def _article(self) -> SafeString:
        return _sign("book", _("Make this an article"))


def quote_of(post: Post) -> str:
    """Return the first words of a post, nothing of one that readers do not see."""
    if post.state != PostState.SHOWN:
        return "…"
    text = text_of_html(post.html)
    return text if len(text) <= MAX_QUOTE else f"{text[:MAX_QUOTE]}…"


def _quoted(shown: ShownPost) -> SafeString:
    post = shown.post
    return format_html(
        '<blockquote class="post__quote"><a href="#post-{}"><bdi>{}</bdi></a>:'
        ' <span dir="auto">{}</span></blockquote>',
        *(post.reply_to_id, shown.quoted, quote_of(post.reply_to) if post.reply_to else ""),
    )


def _files(attachments: Iterable[Attachment]) -> SafeString:
    return format_html('<ul class="files">{}</ul>', joined(map(_file, attachments)))


def _file(file: Attachment) -> SafeString:
    address = reverse("community:file", args=[file.pk, file.name])
    if file.width:
        return format_html(
            '<li><a href="{}">'
            '<img src="{}" width="{}" height="{}" alt="{}" loading="lazy"></a></li>',
            *(address, address, file.width, file.height, file.name),
        )
    return format_html(
        '<li><a class="files__link" href="{}">{}<bdi>{}</bdi>'
        ' <span class="text-muted">{}</span></a></li>',
        *(address, icon("paperclip"), file.name, filesizeformat(file.size)),
    )


def _link(name: str, post: Post, inside: SafeString) -> SafeString:
    address = address_of(f"community:{name}", post.pk)
    return format_html('<li><a href="{}">{}</a></li>', address, inside)


def _button(inside: SafeString) -> SafeString:
    return format_html('<button class="btn btn-quiet">{}</button>', inside)


def _sign(name: str, words: str) -> SafeString:
    return format_html("{}{}", icon(name), words)


def _csrf_field(token: Any) -> SafeString:
    if not token or token == "NOTPROVIDED":  # noqa: S105 what Django says without a request
        return _NOTHING
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)
