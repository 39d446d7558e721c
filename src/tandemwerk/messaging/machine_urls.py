"""Addresses that machines know; they are the same in every language."""

from django.urls import path

from tandemwerk.messaging.views.inbound import inbound

urlpatterns = [path("messaging/inbound/", inbound, name="messaging_inbound")]
