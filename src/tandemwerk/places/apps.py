from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "tandemwerk.places"
    label = "places"
