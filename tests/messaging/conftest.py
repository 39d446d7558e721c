"""Kinds of notices for these tests alone."""

import pytest

from tandemwerk.messaging import kinds, replies
from tandemwerk.messaging.notices import NoticeGroup, NoticeKind, Rhythm, register


@pytest.fixture
def only_test_kinds(monkeypatch):
    """Register two groups and a kind in each, and nothing else."""
    for name in ("_groups", "_kinds", "_sections"):
        monkeypatch.setattr(kinds, name, {})
    monkeypatch.setattr(replies, "_handlers", {})
    register(
        NoticeGroup(name="test.answers", label="Answers", default=Rhythm.AT_ONCE, order=1),
        NoticeGroup(name="test.news", label="Headlines", default=Rhythm.DAILY, order=2),
        NoticeKind(
            name="test.reply",
            group="test.answers",
            label="A new answer",
            sentence=lambda context: f"{context['who']} answered.",
            body="text",
        ),
        NoticeKind(
            name="test.news",
            group="test.news",
            label="News",
            sentence=lambda context: f"New: {context['title']}",
        ),
    )
