"""The addresses of `wallet`."""

from __future__ import annotations

from django.urls import path

from sealwright.web.wallet import views

app_name = "wallet"

urlpatterns = [
    path("claim/<token>", views.claim, name="claim"),
    path("me", views.wallet, name="wallet"),
    path("me/bring", views.bring, name="bring"),
    path("me/items/<item>", views.item, name="item"),
    path("me/items/<item>/check", views.check_item, name="check-item"),
    path("me/items/<item>/original", views.original, name="original"),
    path("me/items/<item>/remove", views.remove_item, name="remove-item"),
    path("me/awards/<award>/visibility", views.visibility, name="visibility"),
    path("me/shares", views.shares, name="shares"),
    path("me/shares/<share>", views.share, name="share"),
    path("me/shares/<share>/end", views.end_share, name="end-share"),
    path("me/collections", views.collect, name="collect"),
    path("me/collections/<collection>/remove", views.remove_collection, name="remove-collection"),
    path("me/profile", views.profile, name="profile"),
    path("me/resume", views.resume, name="resume"),
    path("me/resume.json", views.resume_json, name="resume-json"),
    path("s/<share>", views.shared, name="shared"),
    path("p/<handle>", views.public_profile, name="public-profile"),
]
