"""Addresses of this room."""

from django.urls import URLPattern, path

from tandemwerk.tandems.views import checkins, life, lists, meetings

app_name = "tandems"

_proposals: list[URLPattern] = []

_life: list[URLPattern] = [
    path("portal/tandems/", lists.tandem_list, name="list"),
    path("portal/tandems/<int:pk>/", life.tandem, name="tandem"),
    path("portal/tandems/<int:pk>/move/<str:to>/", life.move, name="move"),
    path("portal/tandems/<int:pk>/agreement/", life.agreement, name="agreement"),
    path("portal/tandems/<int:pk>/note/", life.note_new, name="note_new"),
    path("portal/tandems/<int:pk>/met/", meetings.met, name="met"),
    path("portal/tandems/<int:pk>/met/today/", meetings.met_today, name="met_today"),
    path("portal/tandems/<int:pk>/meeting/", meetings.meeting_new, name="meeting_new"),
    path("portal/meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("portal/meetings/<int:pk>/cancel/", meetings.meeting_cancel, name="meeting_cancel"),
    path("portal/tandems/<int:pk>/check-in/", checkins.record, name="checkin_record"),
    path("portal/check-ins/<int:pk>/handle/", checkins.handle, name="checkin_handle"),
    path("portal/check-ins/<int:pk>/link/", checkins.open_link, name="checkin_link"),
    path("portal/check-ins/<int:pk>/print/", checkins.print_link, name="checkin_print"),
    path("check-in/<str:token>/", checkins.answer, name="checkin"),
]

urlpatterns = [*_proposals, *_life]
