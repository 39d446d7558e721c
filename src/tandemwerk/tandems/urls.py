"""Addresses of this room."""

from django.urls import URLPattern

app_name = "tandems"

_proposals: list[URLPattern] = []

_life: list[URLPattern] = []

urlpatterns = [*_proposals, *_life]
