"""The editors' area. Accounts, passwords and the way in are not Wagtail's."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls

from tandemwerk.website.views.cms import account, closed

urlpatterns = [
    path("login/", RedirectView.as_view(url="/cms/"), name="wagtail_sign_in"),
    path("account/", account, name="wagtail_account"),
    re_path(r"^(users|groups|password_reset)/", closed, name="wagtail_closed"),
    path("", include(wagtailadmin_urls)),
]
