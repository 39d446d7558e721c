"""Addresses of the local information; they stand before those of the articles."""

from django.urls import path

from tandemwerk.knowledge.views import local

urlpatterns = [
    path("library/local/", local.local, name="local"),
    path("library/local/<slug:region>/", local.local_pages, name="local_pages"),
    path("library/local/<slug:region>/events/", local.local_events, name="local_events"),
    path("library/local/<slug:region>/places/", local.local_places, name="local_places"),
]
