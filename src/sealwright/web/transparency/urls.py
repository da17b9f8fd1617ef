"""The addresses of `transparency`. https://c2sp.org/tlog-tiles"""

from __future__ import annotations

from django.urls import URLPattern, path

from sealwright.web.transparency import views

app_name = "log"

urlpatterns: list[URLPattern] = [
    path("log/", views.log, name="log"),
    path("log/key", views.key, name="key"),
    path("log/<int:year>/checkpoint", views.checkpoint, name="checkpoint"),
    path("log/<int:year>/handovers", views.handovers, name="handovers"),
    path("log/<int:year>/tile/<path:tile>", views.tile, name="tile"),
]
