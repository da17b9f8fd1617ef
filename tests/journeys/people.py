"""People in a browser: signed in, and with a device that keeps passkeys."""

from __future__ import annotations

from django.conf import settings
from playwright.sync_api import BrowserContext, Page

from sealwright.web.accounts.models import User
from tests.web.accounts.people import a_client


def with_authenticator(page: Page) -> None:
    """Give the browser a device that keeps passkeys and recognises its owner."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in(context: BrowserContext, address: str, person: User, *, lately: bool = True) -> None:
    """Put the person's session into the browser; of just now, or (`lately=False`) before."""
    session = a_client(person, lately=lately).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])
