"""Addresses of this room."""

from django.urls import path

from tandemwerk.intake.views import imports, people, person

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
    path("portal/sites/<slug:slug>/import/", imports.new, name="import_new"),
    path("portal/imports/<int:pk>/", imports.show, name="import"),
    path("portal/imports/<int:pk>/progress/", imports.progress, name="import_progress"),
    path("portal/imports/<int:pk>/sheet/<int:sheet>/", imports.correct, name="import_sheet"),
    path("portal/imports/<int:pk>/row/<int:row>/", imports.confirm, name="import_row"),
    path("portal/imports/<int:pk>/take/", imports.take, name="import_take"),
    path("portal/imports/<int:pk>/hand-back/", imports.hand_back, name="import_hand_back"),
    path("portal/imports/<int:pk>/undo/", imports.undo, name="import_undo"),
    path("portal/imports/<int:pk>/drop/", imports.drop, name="import_drop"),
]
