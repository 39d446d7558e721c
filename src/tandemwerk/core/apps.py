from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "tandemwerk.core"
    label = "core"

    def ready(self) -> None:
        """Let every room tell the rooms above it what it has: see ``core.registry``."""
        autodiscover_modules(
            "navigation",
            "worklist",
            "indicators",
            "privacy",
            "panels",
            "naming",
            "notices",
            "search",
            "doctor",
            "tasks",
        )
        from tandemwerk.core.search import store

        post_migrate.connect(store.after_migrate, sender=self)
