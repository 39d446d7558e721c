"""Addresses of this room."""

from django.urls import URLPattern, path

from tandemwerk.tandems.views import (
    across,
    answers,
    checkins,
    course,
    fairness,
    history,
    life,
    lists,
    meetings,
    proposals,
    rounds,
    runs,
    trying,
    weights,
    why,
)

app_name = "tandems"

_proposals: list[URLPattern] = [
    path("answer/<str:token>/", answers.answer, name="answer"),
    path("portal/pairs/", runs.boards, name="boards"),
    path("portal/pairs/<slug:slug>/", runs.board, name="board"),
    path("portal/pairs/<slug:slug>/start/", runs.start, name="start_run"),
    path("portal/pairs/<slug:slug>/left/", runs.left, name="left"),
    path("portal/pairs/<slug:slug>/answers/", proposals.proposals, name="proposals"),
    path("portal/pairs/<slug:slug>/by-hand/", runs.by_hand, name="by_hand"),
    path("portal/pairs/<slug:slug>/why/", why.why, name="why"),
    path("portal/pairs/<slug:slug>/try/", trying.simulate, name="simulate"),
    path("portal/pairs/<slug:slug>/compare/", trying.compare, name="compare"),
    path("portal/pairs/<slug:slug>/runs/", history.runs, name="runs"),
    path("portal/pairs/<slug:slug>/runs/compare/", history.two_runs, name="two_runs"),
    path("portal/pairs/<slug:slug>/weights/", weights.site_weights, name="site_weights"),
    path("portal/pairs/<slug:slug>/recruit/", fairness.site_recruit, name="recruit"),
    path("portal/pairs/<slug:slug>/fairness/", fairness.site_fairness, name="site_fairness"),
    path("portal/pairs/<slug:slug>/fairness/quarters/", course.site_course, name="site_course"),
    path("portal/carriers/<slug:slug>/pairing/", weights.carrier_pairing, name="carrier_pairing"),
    path("portal/carriers/<slug:slug>/pairing/nightly/", weights.nightly, name="nightly"),
    path(
        "portal/carriers/<slug:slug>/fairness/", fairness.carrier_fairness, name="carrier_fairness"
    ),
    path(
        "portal/carriers/<slug:slug>/fairness/quarters/",
        course.carrier_course,
        name="carrier_course",
    ),
    path("portal/pairs/<slug:slug>/other-sites/", across.across, name="across"),
    path("portal/pairs/<slug:slug>/other-sites/ask/", across.ask, name="across_ask"),
    path("portal/pairs/<slug:slug>/other-sites/no/", across.decline, name="across_decline"),
    path("portal/pairs/other-sites/<int:pk>/", across.answer, name="across_answer"),
    path(
        "portal/pairs/<slug:slug>/other-sites/<int:pk>/hand-over/",
        across.hand_over_person,
        name="across_hand_over",
    ),
    path("portal/carriers/<slug:slug>/pairing/reach/", across.terms, name="across_terms"),
    path("portal/carriers/<slug:slug>/pairing/together/", rounds.start, name="start_round"),
    path("portal/carriers/<slug:slug>/pairing/progress/", rounds.progress, name="round"),
    path("portal/pairing-terms/", fairness.terms, name="terms"),
    path("portal/fairness/", fairness.country_fairness, name="country_fairness"),
    path("portal/pairing-nights/", rounds.nights, name="nights"),
    path("portal/pairing-runs/<int:pk>/", runs.run, name="run"),
    path("portal/suggestions/<int:pk>/", runs.suggestion, name="suggestion"),
    path("portal/suggestions/<int:pk>/accept/", runs.accept, name="accept"),
    path("portal/suggestions/<int:pk>/decline/", runs.decline, name="decline"),
    path("portal/suggestions/<int:pk>/lock/", runs.lock, name="lock"),
    path("portal/answers/<int:pk>/", proposals.record_answer, name="record_answer"),
    path("portal/answers/<int:pk>/invitation/", proposals.invitation, name="invitation"),
    path(
        "portal/answers/<int:pk>/invitation.pdf", proposals.invitation_file, name="invitation_file"
    ),
    path("portal/answers/<int:pk>/renew/", proposals.renew, name="renew"),
    path("portal/proposals/<int:pk>/", proposals.closed, name="closed"),
    path("portal/proposals/<int:pk>/withdraw/", proposals.withdraw, name="withdraw"),
    path("portal/proposals/<int:pk>/followed-up/", proposals.followed_up, name="followed_up"),
]

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
