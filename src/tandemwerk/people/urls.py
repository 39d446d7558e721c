"""Addresses of one's own account, below ``accounts/``; the rest there is the library's."""

from django.urls import path

from tandemwerk.people.views import account, demo

app_name = "people"
urlpatterns = [
    path("", account.account, name="account"),
    path("sessions/", account.sessions, name="sessions"),
    path("sessions/others/end/", account.sessions_end_others, name="sessions_end_others"),
    path("sessions/<int:pk>/end/", account.session_end, name="session_end"),
    path("data/", account.my_data, name="my_data"),
    path("demo/", demo.demo_login, name="demo_login"),
]
