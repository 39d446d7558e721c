"""All addresses. Each room brings its own; the website takes what is left."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from tandemwerk.config.health import live, ready

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", live, name="health_live"),
    path("health/ready", ready, name="health_ready"),
    path("", include("tandemwerk.website.machine_urls")),
    path("", include("tandemwerk.messaging.machine_urls")),
    path("cms/", include("tandemwerk.website.cms_urls")),
    path("documents/", include("wagtail.documents.urls")),
    *i18n_patterns(
        path("accounts/", include("tandemwerk.people.urls")),
        path("accounts/", include("allauth.urls")),
        path("", include("tandemwerk.ui.urls")),
        path("", include("tandemwerk.messaging.urls")),
        path("places/", include("tandemwerk.places.urls")),
        path("", include("tandemwerk.intake.urls")),
        path("", include("tandemwerk.knowledge.urls")),
        path("community/", include("tandemwerk.community.urls")),
        path("", include("tandemwerk.programme.urls")),
        path("", include("tandemwerk.tandems.urls")),
        path("", include("tandemwerk.portal.urls")),
        path("", include("tandemwerk.website.urls")),
        path("", include("wagtail.urls")),
    ),
]
