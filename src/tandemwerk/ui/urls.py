from django.urls import path

from tandemwerk.ui import views

app_name = "ui"
urlpatterns = [
    path("styleguide/", views.styleguide, name="styleguide"),
    path("styleguide/home/", views.example_home, name="example_home"),
    path("styleguide/start/", views.example_start, name="example_start"),
    path("appearance/", views.appearance, name="appearance"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
