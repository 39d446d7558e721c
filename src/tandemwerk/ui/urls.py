from django.urls import path

from tandemwerk.ui import views

app_name = "ui"
urlpatterns = [
    path("styleguide/", views.styleguide, name="styleguide"),
    path("appearance/", views.appearance, name="appearance"),
]
