from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    name = "tandemwerk.messaging"
    label = "messaging"
    verbose_name = _("Messaging")

    def ready(self) -> None:
        from tandemwerk.messaging import receivers  # noqa: F401 connects itself
