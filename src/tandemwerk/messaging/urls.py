"""Addresses of this room."""

from django.urls import path

from tandemwerk.messaging.views import notices, outbox, system

app_name = "messaging"

urlpatterns = [
    path("portal/notices/", notices.notices, name="notices"),
    path("portal/notices/read/", notices.notices_read, name="notices_read"),
    path("portal/notices/<int:pk>/", notices.notice, name="notice"),
    path("portal/notices/<int:pk>/read/", notices.notice_read, name="notice_read"),
    path("accounts/notices/", notices.choices, name="choices"),
    path("notices/stop/<str:token>/", notices.stop, name="stop"),
    path("portal/outbox/", outbox.outbox, name="outbox"),
    path("portal/outbox/<int:pk>/", outbox.message, name="message"),
    path("portal/outbox/<int:pk>/html/", outbox.message_html, name="message_html"),
    path("portal/outbox/<int:pk>/<slug:decision>/", outbox.settle, name="settle"),
    path("portal/system/", system.system, name="system"),
    path("portal/system/test-mail/", system.test_mail, name="test_mail"),
    path("portal/system/tasks/<uuid:task_id>/again/", system.task_again, name="task_again"),
    path("demo/outbox/", outbox.demo_outbox, name="demo_outbox"),
    path("demo/outbox/<int:pk>/", outbox.demo_message, name="demo_message"),
    path("demo/outbox/<int:pk>/answer/", outbox.demo_answer, name="demo_answer"),
    path("demo/outbox/<int:pk>/html/", outbox.demo_message_html, name="demo_message_html"),
]
