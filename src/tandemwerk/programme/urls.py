from django.urls import path

from tandemwerk.programme.views import public

app_name = "programme"
urlpatterns = [
    path("sites/", public.sites, name="sites"),
    path("sites/sites.geojson", public.sites_geojson, name="sites_geojson"),
    path("sites/<slug:slug>/", public.site_public, name="site_public"),
]
