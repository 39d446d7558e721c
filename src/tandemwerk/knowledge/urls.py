"""Addresses of the library."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

app_name = "knowledge"


def _coming(_request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    return HttpResponse(status=404)


urlpatterns = [
    path("library/<str:slug>/", _coming, name="article"),
    path("library/<str:slug>/review/", _coming, name="review"),
    path("library/<str:slug>/translate/<str:language>/", _coming, name="translate"),
]
