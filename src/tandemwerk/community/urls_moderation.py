"""Addresses of the moderation; ``urls`` takes them in."""

from django.urls import path

from tandemwerk.community.views import decisions, moderation, moderation_topics

urlpatterns = [
    path("moderation/", moderation.moderation_queue, name="moderation"),
    path("moderation/posts/<int:pk>/", moderation.moderate_post, name="moderate_post"),
    path("moderation/posts/<int:pk>/<slug:kind>/", moderation.post_action, name="post_action"),
    path("moderation/topics/<int:pk>/who-asked/", moderation_topics.who_asked, name="who_asked"),
    path(
        "moderation/topics/<int:pk>/<slug:kind>/",
        moderation_topics.topic_action,
        name="topic_action",
    ),
    path("moderation/spaces/<slug:slug>/slow/", moderation_topics.slow_mode, name="slow_mode"),
    path("moderation/suspensions/<int:pk>/lift/", moderation_topics.lift, name="lift"),
    path("moderation/appeals/<int:pk>/", decisions.appeal_answer, name="appeal_answer"),
    path("posts/<int:pk>/report/", moderation.report_post, name="report_post"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/<int:pk>/", decisions.decision, name="decision"),
    path("decisions/<int:pk>/appeal/", decisions.appeal, name="appeal"),
]
