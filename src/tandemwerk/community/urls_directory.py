"""Addresses of directory, peers, offers and the way of knowledge; ``urls`` takes them in."""

from django.urls import path

from tandemwerk.community.views import asking, directory, peers

urlpatterns = [
    path("people/", directory.people, name="people"),
    path("people/me/", directory.profile_edit, name="profile"),
    path("people/<int:pk>/", directory.person, name="person"),
    path("people/<int:pk>/ask/", peers.ask, name="peer_ask"),
    path("peers/", peers.peers, name="peers"),
    path("peers/<int:pk>/", peers.peer, name="peer"),
    path("peers/<int:pk>/cancel/", peers.peer_cancel, name="peer_cancel"),
    path("peers/<int:pk>/calendar.ics", peers.peer_ics, name="peer_ics"),
    path("peers/<int:pk>/<slug:what>/", peers.peer_action, name="peer_action"),
    path("similar/", asking.similar, name="similar"),
    path("topics/<int:pk>/offer/", asking.answer_offer, name="answer_offer"),
    path("knowledge/", asking.chain, name="chain"),
]
