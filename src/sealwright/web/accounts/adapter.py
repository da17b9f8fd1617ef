"""How allauth behaves here: its mails are ours, its secrets are sealed, its limits hold."""

from __future__ import annotations

import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sealwright.web.accounts.mails import letter
from sealwright.web.accounts.models import User
from sealwright.web.accounts.recovery import spend
from sealwright.web.core.limits import caller
from sealwright.web.core.mail import queue

SIGNED_IN_AT: Final = "signed_in_at"
RECOVERED_AT: Final = "recovered_at"
"""In the session: when its person came in with the code on paper, until an address is added."""

RECOVERY_LASTS: Final = 3600
ADDRESSES: Final = "sealwright.web.accounts.addresses"
"""Names adding an address to allauth, where it asks whether a person must sign in again."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing up and in, with our words and addresses."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "This address and this password do not belong together. A code by mail does as well: "
            "leave the password empty."
        ),
        "email_taken": _("This address belongs to another account."),
        "enter_current_password": _("That is not the password you have now."),
        "incorrect_code": _("That is not the code. Please compare it once more."),
        "incorrect_password": _("That is not your password."),
        "rate_limited": _("A code was sent a moment ago. Please wait a little before the next."),
        "too_many_login_attempts": _("That was tried too often. Please wait a few minutes."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail of that name, written by us; the worker sends it."""
        name = template_prefix.rpartition("/")[2]
        known = {key: value for key, value in context.items() if key not in {"email", "request"}}
        queue([letter(name, to=email, **known)])

    def get_client_ip(self, request: HttpRequest) -> str:
        """The caller as all our limits count them, behind our own proxies too."""
        return caller(request)

    def login(self, request: HttpRequest, user: User) -> None:
        """Remember when this session began: who has just signed in need not do so again."""
        super().login(request, user)
        request.session[SIGNED_IN_AT] = time.time()

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Void the kit with which somebody came in, once all stages of the sign-in are passed."""
        code_hash = (kwargs.get("signal_kwargs") or {}).get("kit")
        if code_hash is not None:
            if not spend(code_hash, person=user):
                self.logout(request)
                return redirect("accounts:recover")
            update_session_auth_hash(request, user)
            request.session[RECOVERED_AT] = time.time()
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Must a person sign in again for this, unless they did so lately?

        Always, except just after signing in; and who came in with the code on paper has no
        address to be asked at, so a new one may be added for an hour.
        """
        session, now = self.request.session, time.time()
        if now - session.get(SIGNED_IN_AT, 0) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return not (app == ADDRESSES and now - session.get(RECOVERED_AT, 0) < RECOVERY_LASTS)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """How a person may sign in again: with the second factor where there is one."""
        words = {
            "reauthenticate": gettext("Use your password"),
            "reauthenticate_by_code": gettext("Send me a code"),
            "mfa_reauthenticate": gettext("Use the authenticator app or a recovery code"),
            "mfa_reauthenticate:webauthn": gettext("Use a passkey"),
        }
        methods = super().get_reauthentication_methods(user)
        strong = [method for method in methods if method["id"].startswith("mfa")]
        order = list(words)[::-1] if strong else list(words)
        chosen = sorted(strong or methods, key=lambda method: order.index(method["id"]))
        return [{**method, "description": words[method["id"]]} for method in chosen]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:account")


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys and authenticator apps. What is stored of them is sealed with the secret key."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That did not match. Please try once more."),
        "unverified_email": _("Prove your address first, so that nobody locks you out."),
    }

    def encrypt(self, text: str) -> str:
        return _sealer().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return _sealer().decrypt(encrypted_text.encode("ascii")).decode()

    def build_totp_svg(self, url: str) -> str:
        """The QR code as SVG that stands in the page itself, in the colours of the text."""
        import segno

        drawn = segno.make(url, error="m")
        return drawn.svg_inline(border=3, omitsize=True, svgclass="qr", lineclass=None, title=None)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}

    def _get_site_name(self) -> str:
        return "Sealwright"


def _sealer() -> MultiFernet:
    """Opens what any of the site's secret keys sealed; seals with the first."""
    return MultiFernet([Fernet(key) for key in _keys()])


def _keys() -> Iterator[bytes]:
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        digest = sha256(b"sealwright second factors/" + str(secret).encode()).digest()
        yield urlsafe_b64encode(digest)
