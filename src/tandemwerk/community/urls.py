"""Addresses of this room."""

from django.urls import URLPattern, path

from tandemwerk.community import urls_directory, urls_moderation
from tandemwerk.community.views import following, posts, spaces, tags, topics

app_name = "community"

_topics: list[URLPattern] = [
    path("topics/<int:pk>/", topics.topic, name="topic"),
    path("topics/<int:pk>/unread/", topics.unread, name="unread"),
    path("topics/<int:pk>/reply/", posts.reply, name="reply"),
    path("topics/<int:pk>/me-too/", topics.me_too, name="me_too"),
    path("topics/<int:pk>/vote/", topics.vote, name="vote"),
    path("topics/<int:pk>/read/", topics.acknowledge, name="acknowledge"),
    path("topics/<int:pk>/readers/", topics.acknowledgements, name="acknowledgements"),
    path("topics/<int:pk>/bookmark/", following.bookmark, name="bookmark"),
    path("topics/<int:pk>/follow/", following.follow_topic, name="follow_topic"),
    path("asked/<int:pk>/<str:secret>/", topics.asked, name="asked"),
]

_posts: list[URLPattern] = [
    path("posts/<int:pk>/edit/", posts.edit, name="edit"),
    path("posts/<int:pk>/history/", posts.history, name="history"),
    path("posts/<int:pk>/remove/", posts.remove, name="remove"),
    path("posts/<int:pk>/react/", posts.react, name="react"),
    path("posts/<int:pk>/accept/", posts.accept, name="accept"),
    path("posts/<int:pk>/official/", posts.official, name="official"),
    path("posts/<int:pk>/article/", posts.article, name="make_article"),
    path("files/<int:pk>/<str:name>", posts.file, name="file"),
]

_fragments: list[URLPattern] = [
    path("drafts/", following.draft, name="draft"),
    path("preview/", following.preview, name="preview"),
    path("mentions/", following.mentions, name="mentions"),
    path("tags/<slug:slug>/", tags.tag, name="tag"),
    path("tags/<slug:slug>/follow/", following.follow_tag, name="follow_tag"),
]

_spaces: list[URLPattern] = [
    path("", spaces.home, name="home"),
    path("spaces/new/", spaces.space_new, name="space_new"),
    path("<slug:slug>/", spaces.space, name="space"),
    path("<slug:slug>/new/", topics.topic_new, name="topic_new"),
    path("<slug:slug>/edit/", spaces.space_edit, name="space_edit"),
    path("<slug:slug>/archive/", spaces.space_archive, name="space_archive"),
    path("<slug:slug>/members/", spaces.members, name="members"),
    path("<slug:slug>/members/<int:pk>/", spaces.change_member, name="change_member"),
    path("<slug:slug>/members/<int:pk>/answer/", spaces.answer_request, name="answer_request"),
    path("<slug:slug>/invite/", spaces.invite, name="invite"),
    path("<slug:slug>/join/", spaces.join, name="join"),
    path("<slug:slug>/leave/", spaces.leave, name="leave"),
    path("<slug:slug>/follow/", following.follow_space, name="follow_space"),
    path("<slug:slug>/read/", following.read_all, name="read_all"),
]

urlpatterns = [
    *urls_moderation.urlpatterns,
    *urls_directory.urlpatterns,
    *_topics,
    *_posts,
    *_fragments,
    *_spaces,
]
