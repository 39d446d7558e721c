"""Addresses of this room."""

from django.urls import path

from tandemwerk.portal.views import overview, search, sites, start

app_name = "portal"

urlpatterns = [
    path("portal/", start.start, name="start"),
    path("portal/work/", start.work, name="work"),
    path("portal/site/<slug:slug>/", start.site, name="site"),
    path("portal/overview/", overview.overview, name="overview"),
    path("portal/overview/sites/", sites.site_numbers, name="site_numbers"),
    path("search/", search.search, name="search"),
]
