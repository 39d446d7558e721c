"""Addresses of this room: what teams use stands below ``portal/``."""

from django.urls import URLPattern, path

from tandemwerk.programme.views import account, audit, invitation, public, settings, teams

app_name = "programme"

_public: list[URLPattern] = [
    path("sites/", public.sites, name="sites"),
    path("sites/sites.geojson", public.sites_geojson, name="sites_geojson"),
    path("sites/<slug:slug>/", public.site_public, name="site_public"),
]

_teams: list[URLPattern] = [
    path("portal/account/close/", account.close_account, name="close_account"),
    path("portal/teams/", teams.my_teams, name="teams"),
    path("portal/sites/<slug:slug>/team/", teams.team, {"kind": "site"}, name="team"),
    path(
        "portal/carriers/<slug:slug>/team/",
        teams.team,
        {"kind": "carrier"},
        name="carrier_team",
    ),
    path(
        "portal/network/<slug:slug>/team/",
        teams.team,
        {"kind": "programme"},
        name="network_team",
    ),
    path("portal/teams/<slug:kind>/<slug:slug>/invite/", teams.invite_member, name="invite"),
    path(
        "portal/teams/invitations/<int:pk>/renew/",
        teams.invitation_renew,
        name="invitation_renew",
    ),
    path(
        "portal/teams/invitations/<int:pk>/revoke/",
        teams.invitation_revoke,
        name="invitation_revoke",
    ),
    path("portal/teams/members/<int:pk>/role/", teams.member_role, name="member_role"),
    path("portal/teams/members/<int:pk>/remove/", teams.member_remove, name="member_remove"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
]

_settings: list[URLPattern] = [
    path("portal/sites/", settings.sites, name="all_sites"),
    path("portal/sites/<slug:slug>/settings/", settings.site_settings, name="site_settings"),
    path("portal/carriers/", settings.carriers, name="carriers"),
    path("portal/carriers/new/", settings.carrier_new, name="carrier_new"),
    path(
        "portal/carriers/<slug:slug>/settings/",
        settings.carrier_settings,
        name="carrier_settings",
    ),
    path("portal/carriers/<slug:slug>/sites/new/", settings.site_new, name="site_new"),
    path("portal/carriers/<slug:slug>/funding/new/", settings.funding_new, name="funding_new"),
    path("portal/carriers/<slug:slug>/funding/<int:year>/", settings.funding, name="funding"),
]

_audit: list[URLPattern] = [
    path("portal/audit/", audit.audit, name="audit"),
    path("portal/audit/export.<str:kind>", audit.audit_export, name="audit_export"),
]

urlpatterns = [*_public, *_teams, *_settings, *_audit]
