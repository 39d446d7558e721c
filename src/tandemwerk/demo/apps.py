from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "tandemwerk.demo"
    label = "demo"
