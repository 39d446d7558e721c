"""Addresses of the library. An article's own address comes last: any word may be one."""

from django.urls import URLPattern, path

from tandemwerk.knowledge.local_urls import urlpatterns as _local
from tandemwerk.knowledge.views import (
    article,
    editing,
    files,
    lists,
    report,
    reviewing,
    shelf,
    terms,
    translating,
)

app_name = "knowledge"

_library: list[URLPattern] = [
    path("library/", shelf.shelf, name="shelf"),
    path("library/feed.atom", shelf.PublicFeed(), name="feed"),
    path("library/new/", editing.new, name="new"),
    path("library/drafts/", editing.drafts, name="drafts"),
    path("library/report/", report.report, name="report"),
    path("library/terms/", terms.terms, name="terms"),
    path("library/terms/new/", terms.new, name="term_new"),
    path("library/terms/<int:pk>/", terms.term, name="term"),
    path("library/files/<int:pk>/", files.file, name="file"),
    path("library/files/<int:pk>/preview/", files.preview, name="file_preview"),
    path("library/files/<int:pk>/remove/", files.remove, name="file_remove"),
    path("library/lists/", lists.lists, name="lists"),
    path("library/lists/new/", lists.new, name="list_new"),
    path("library/lists/<int:pk>/", lists.reading_list, name="list"),
    path("library/lists/<int:pk>/edit/", lists.edit, name="list_edit"),
    path("library/lists/<int:pk>/delete/", lists.delete, name="list_delete"),
    path("library/lists/<int:pk>/<int:item>/off/", lists.take_off, name="list_off"),
    path("library/lists/<int:pk>/<int:item>/<str:way>/", lists.move, name="list_move"),
]

_article: list[URLPattern] = [
    path("library/<str:slug>/", article.article, name="article"),
    path("library/<str:slug>/pdf/", article.pdf, name="pdf"),
    path("library/<str:slug>/differences/", article.differences, name="differences"),
    path("library/<str:slug>/feedback/", article.feedback, name="feedback"),
    path("library/<str:slug>/feedback/<str:token>/", article.missing, name="missing"),
    path("library/<str:slug>/use/", article.use, name="use"),
    path("library/<str:slug>/use/<int:pk>/end/", article.end_use, name="end_use"),
    path("library/<str:slug>/adapt/", article.adapt, name="adapt"),
    path("library/<str:slug>/respond/", article.respond, name="respond"),
    path("library/<str:slug>/lists/", lists.put, name="list_put"),
    path("library/<str:slug>/edit/", editing.edit, name="edit"),
    path("library/<str:slug>/ask-review/", editing.ask_review, name="ask_review"),
    path("library/<str:slug>/review/", reviewing.review, name="review"),
    path("library/<str:slug>/cancel-schedule/", reviewing.cancel_schedule, name="cancel_schedule"),
    path("library/<str:slug>/history/", editing.history, name="history"),
    path("library/<str:slug>/history/<int:pk>/restore/", editing.restore, name="restore"),
    path("library/<str:slug>/comment/", editing.comment, name="comment"),
    path("library/<str:slug>/comment/<int:pk>/resolve/", editing.resolve, name="resolve"),
    path("library/<str:slug>/care/", editing.care, name="care"),
    path("library/<str:slug>/still-true/", editing.still_true, name="still_true"),
    path("library/<str:slug>/archive/", editing.archive, name="archive"),
    path("library/<str:slug>/reopen/", editing.reopen, name="reopen"),
    path("library/<str:slug>/file/", files.add, name="file_add"),
    path("library/<str:slug>/translate/<str:language>/", translating.translate, name="translate"),
]

urlpatterns = [*_library, *_local, *_article]
