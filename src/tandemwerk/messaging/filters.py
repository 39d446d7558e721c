"""Looking through the outbox and through one's notices."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tandemwerk.messaging.enums import MessageState
from tandemwerk.messaging.kinds import groups, kinds_of
from tandemwerk.messaging.models import Message, NoticeCopy


class MessageFilter(filters.FilterSet):
    """By words, state and day. Names are looked through only where they are shown."""

    q = filters.CharFilter(label=_("Search"), method="with_words")
    state = filters.MultipleChoiceFilter(
        label=_("State"), choices=MessageState.choices, widget=forms.CheckboxSelectMultiple
    )
    since = filters.DateFilter(
        label=_("From day"),
        field_name="created_at",
        lookup_expr="date__gte",
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    class Meta:
        model = Message
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, with_names: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._with_names = with_names

    def with_words(self, messages: QuerySet[Message], _name: str, words: str) -> QuerySet[Message]:
        """Return the messages in whose subject or reader's name each word stands."""
        for word in words.split()[:6]:
            wanted = Q(subject__icontains=word) | Q(kind__icontains=word)
            if self._with_names:
                wanted |= (
                    Q(person__given_name__icontains=word)
                    | Q(person__family_name__icontains=word)
                    | Q(user__name__icontains=word)
                )
            messages = messages.filter(wanted)
        return messages


class NoticeFilter(filters.FilterSet):
    """By whether it was read, and by what it is about."""

    state = filters.ChoiceFilter(
        label=_("Read or not"),
        choices=[("unread", _("not read yet")), ("read", _("read"))],
        method="with_state",
        empty_label=_("all"),
    )
    about = filters.ChoiceFilter(
        label=_("About"),
        choices=lambda: [(group.name, group.label) for group in groups()],
        method="about_group",
        empty_label=_("all"),
    )

    class Meta:
        model = NoticeCopy
        fields: tuple[str, ...] = ()

    def with_state(
        self, copies: QuerySet[NoticeCopy], _name: str, state: str
    ) -> QuerySet[NoticeCopy]:
        """Return what was read, or what was not."""
        return copies.filter(read_at__isnull=state == "unread")

    def about_group(
        self, copies: QuerySet[NoticeCopy], _name: str, group: str
    ) -> QuerySet[NoticeCopy]:
        """Return the notices of a group."""
        return copies.filter(notice__kind__in=kinds_of([group]))
