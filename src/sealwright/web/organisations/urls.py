"""The addresses of `organisations`."""

from __future__ import annotations

from django.urls import path

from sealwright.web.organisations.views import (
    api_keys,
    domains,
    founding,
    invitations,
    operators,
    people,
    trail,
    units,
)

app_name = "organisations"

urlpatterns = [
    path("o/new", founding.new, name="new"),
    path("o/new/address", founding.address, name="new-address"),
    path("o/<slug:slug>/organisation", founding.profile, name="profile"),
    path("o/<slug:slug>/organisation/closing", founding.closing, name="closing"),
    path("o/<slug:slug>/organisation/units", units.units, name="units"),
    path("o/<slug:slug>/organisation/units/<slug:unit>/rename", units.rename, name="rename-unit"),
    path("o/<slug:slug>/organisation/units/<slug:unit>/close", units.close, name="close-unit"),
    path("o/<slug:slug>/organisation/units/<slug:unit>/reopen", units.reopen, name="reopen-unit"),
    path("o/<slug:slug>/organisation/domains", domains.domains, name="domains"),
    path(
        "o/<slug:slug>/organisation/domains/<slug:domain>/check",
        domains.check,
        name="check-domain",
    ),
    path("o/<slug:slug>/organisation/domains/<slug:domain>/drop", domains.drop, name="drop-domain"),
    path("o/<slug:slug>/people", people.people, name="people"),
    path("o/<slug:slug>/people/invite", people.invite, name="invite"),
    path("o/<slug:slug>/people/leave", people.leave, name="leave"),
    path("o/<slug:slug>/people/<slug:member>", people.member, name="member"),
    path("o/<slug:slug>/people/<slug:member>/give", people.give, name="give-role"),
    path("o/<slug:slug>/people/<slug:member>/change", people.change, name="change-role"),
    path("o/<slug:slug>/people/<slug:member>/take", people.take, name="take-role"),
    path("o/<slug:slug>/people/<slug:member>/remove", people.remove, name="remove-member"),
    path(
        "o/<slug:slug>/people/invitations/<slug:invitation>/again",
        people.invite_again,
        name="invite-again",
    ),
    path(
        "o/<slug:slug>/people/invitations/<slug:invitation>/withdraw",
        people.withdraw,
        name="withdraw-invitation",
    ),
    path("o/<slug:slug>/api-keys", api_keys.api_keys, name="api-keys"),
    path("o/<slug:slug>/api-keys/new", api_keys.new_api_key, name="new-api-key"),
    path("o/<slug:slug>/api-keys/<slug:key>/revoke", api_keys.revoke, name="revoke-api-key"),
    path("o/<slug:slug>/trail", trail.trail, name="trail"),
    path("o/<slug:slug>/trail.csv", trail.trail_csv, name="trail-csv"),
    path("o/<slug:slug>/trail.json", trail.trail_json, name="trail-json"),
    path("o/<slug:slug>/trail/check", trail.check_trail, name="check-trail"),
    path("operator/organisations", operators.organisations, name="all"),
    path("operator/organisations/<slug:organisation>/reopen", operators.reopen, name="reopen"),
    path("invitations/<str:token>", invitations.invitation, name="invitation"),
]
