from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "tandemwerk.config"
    label = "config"
    verbose_name = "Configuration"
