"""Addresses of this room."""

from django.urls import path

from tandemwerk.intake.views import people, person

app_name = "intake"

urlpatterns = [
    path("portal/people/", people.sites, name="sites"),
    path("portal/sites/<slug:slug>/people/", people.people, name="people"),
    path("portal/sites/<slug:slug>/people/add/<slug:side>/", person.add, name="person_add"),
    path("portal/people/<int:pk>/", person.person, name="person"),
    path("portal/people/<int:pk>/change/", person.change, name="person_change"),
    path("portal/people/<int:pk>/move/<slug:to>/", person.move, name="person_move"),
    path("portal/people/<int:pk>/answer/", person.answer, name="person_answer"),
    path(
        "portal/people/<int:pk>/consent/<slug:purpose>/",
        person.give_consent,
        name="person_consent",
    ),
    path(
        "portal/people/<int:pk>/consent/<slug:purpose>/withdraw/",
        person.withdraw_consent,
        name="person_withdraw",
    ),
    path("portal/people/<int:pk>/copy/", person.copy, name="person_copy"),
    path("portal/people/<int:pk>/erase/", person.erase, name="person_erase"),
]
