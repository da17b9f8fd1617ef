"""The addresses of `assessing`."""

from __future__ import annotations

from django.urls import path

from sealwright.web.assessing import views

app_name = "assessing"

urlpatterns = [
    path("applications", views.own, name="own"),
    path("programmes/<programme>/apply", views.apply, name="apply"),
    path("applications/<application>", views.application, name="application"),
    path("applications/<application>/withdraw", views.withdraw, name="withdraw"),
    path("applications/<application>/files/<file>", views.own_file, name="own-file"),
    path(
        "applications/<application>/files/<file>/remove",
        views.remove_file,
        name="remove-file",
    ),
    path("o/<slug:slug>/applications", views.applications, name="applications"),
    path("o/<slug:slug>/applications/<application>", views.review, name="review"),
    path("o/<slug:slug>/applications/<application>/take", views.take, name="take"),
    path("o/<slug:slug>/applications/<application>/decide", views.decide, name="decide"),
    path(
        "o/<slug:slug>/applications/<application>/files/<file>",
        views.file,
        name="file",
    ),
    path("o/<slug:slug>/programmes/<programme>/applications", views.rule, name="rule"),
]
