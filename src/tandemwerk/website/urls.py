from django.urls import path

from tandemwerk.website.views.join import join

app_name = "website"
urlpatterns = [
    path("join/", join, name="join"),
]
