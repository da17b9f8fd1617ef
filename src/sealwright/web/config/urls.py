"""Every address of the site. Each app has its own in its `urls`, from the root."""

from __future__ import annotations

from django.urls import include, path

from sealwright.web.config import health
from sealwright.web.config.api import api
from sealwright.web.config.views import programs
from sealwright.web.ui import views as ui

urlpatterns = [
    path("", ui.home, name="home"),
    path("verify", include("sealwright.web.verifying.urls")),
    path("api/v1/", programs, name="programs"),
    path("api/v1/", api.urls),
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", ui.robots, name="robots"),
    path("", include("sealwright.web.accounts.entrance")),
    path("", include("sealwright.web.accounts.urls")),
    path("", include("sealwright.web.organisations.urls")),
    path("", include("sealwright.web.trust.urls")),
    path("", include("sealwright.web.catalogue.urls")),
    path("", include("sealwright.web.transparency.urls")),
    path("", include("sealwright.web.issuing.urls")),
    path("", include("sealwright.web.assessing.urls")),
    path("", include("sealwright.web.wallet.urls")),
    path("", include("sealwright.web.leaving.urls")),
    path("", include("sealwright.web.pages.urls")),
    path("", include("sealwright.web.hiring.urls")),
]

handler400 = "sealwright.web.core.failures.bad_request"
handler403 = "sealwright.web.core.failures.forbidden"
handler404 = "sealwright.web.core.failures.not_found"
handler429 = "sealwright.web.core.failures.too_often"  # asked for by allauth
handler500 = "sealwright.web.core.failures.server_error"
