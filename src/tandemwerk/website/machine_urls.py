"""Addresses without a language."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path
from django.views.decorators.cache import cache_page

from tandemwerk.website.sitemaps import SECTIONS
from tandemwerk.website.views import machines

app_name = "machines"
urlpatterns = [
    path("", machines.root, name="root"),
    path("sitemap.xml", cache_page(6 * 3600)(sitemap), {"sitemaps": SECTIONS}, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path("media/images/<path:path>", machines.photo, name="photo"),
]
