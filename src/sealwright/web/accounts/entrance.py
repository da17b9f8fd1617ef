"""The addresses that carry no namespace: the ways in, the page after them, the demo.

allauth's views keep allauth's names. Only those that we use are here, each with its rule; a
test compares the list with what allauth has.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import URLPattern, path
from django.views.generic import RedirectView

from sealwright.web.accounts.views import demo, start
from sealwright.web.core.access import Rule, declare


def _open(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    return path(f"accounts/{route}", declare(view, Rule.OPEN), name=name)


def _underway(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    """A page in the middle of a sign-in; allauth leads to the beginning of one."""
    return path(f"accounts/{route}", declare(view, Rule.UNDERWAY), name=name)


def _signed_in(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    """allauth itself leads strangers to the sign-in page."""
    return path(f"accounts/{route}", declare(view, Rule.SIGNED_IN), name=name)


to_account = RedirectView.as_view(pattern_name="accounts:account")
"""allauth's pages about addresses and factors: ours is one page about all of it."""

urlpatterns = [
    path("start", start.start, name="start"),
    path("demo", demo.people, name="demo"),
    path("demo/outbox", demo.outbox, name="outbox"),
    _open("login/", account.login, "account_login"),
    _open("login/code/", account.request_login_code, "account_request_login_code"),
    _underway("login/code/confirm/", account.confirm_login_code, "account_confirm_login_code"),
    _open("logout/", account.logout, "account_logout"),
    _open("inactive/", account.account_inactive, "account_inactive"),
    _open("signup/", account.signup, "account_signup"),
    _open("signup/passkey/", account.signup_by_passkey, "account_signup_by_passkey"),
    _underway("confirm-email/", account.email_verification_sent, "account_email_verification_sent"),
    _open("password/reset/", account.password_reset, "account_reset_password"),
    _underway("password/reset/confirm/", account.confirm_password_reset_code,
          "account_confirm_password_reset_code"),
    _underway("password/reset/complete/", account.complete_password_reset,
          "account_complete_password_reset"),
    _open("password/reset/done/", account.password_reset_from_key_done,
          "account_password_reset_completed"),
    _open("email/", to_account, "account_email"),
    _signed_in("password/change/", account.password_change, "account_change_password"),
    _signed_in("password/set/", account.password_set, "account_set_password"),
    _signed_in("reauthenticate/", account.reauthenticate, "account_reauthenticate"),
    _signed_in("reauthenticate/code/", account.request_reauthentication_code,
               "account_request_reauthentication_code"),
    _signed_in("reauthenticate/code/confirm/", account.confirm_reauthentication_code,
               "account_confirm_reauthentication_code"),
    _underway("2fa/authenticate/", mfa.authenticate, "mfa_authenticate"),
    _open("2fa/", to_account, "mfa_index"),
    _signed_in("2fa/reauthenticate/", mfa.reauthenticate, "mfa_reauthenticate"),
    _signed_in("2fa/totp/activate/", totp.activate_totp, "mfa_activate_totp"),
    _signed_in("2fa/totp/deactivate/", totp.deactivate_totp, "mfa_deactivate_totp"),
    _signed_in("2fa/recovery-codes/", codes.view_recovery_codes, "mfa_view_recovery_codes"),
    _signed_in("2fa/recovery-codes/generate/", codes.generate_recovery_codes,
               "mfa_generate_recovery_codes"),
    _signed_in("2fa/recovery-codes/download/", codes.download_recovery_codes,
               "mfa_download_recovery_codes"),
    _underway("2fa/webauthn/login/", webauthn.login_webauthn, "mfa_login_webauthn"),
    _underway("2fa/webauthn/signup/", webauthn.signup_webauthn, "mfa_signup_webauthn"),
    _open("2fa/webauthn/", to_account, "mfa_list_webauthn"),
    _signed_in("2fa/webauthn/add/", webauthn.add_webauthn, "mfa_add_webauthn"),
    _signed_in("2fa/webauthn/reauthenticate/", webauthn.reauthenticate_webauthn,
               "mfa_reauthenticate_webauthn"),
    _signed_in("2fa/webauthn/keys/<int:pk>/remove/", webauthn.remove_webauthn,
               "mfa_remove_webauthn"),
    _signed_in("2fa/webauthn/keys/<int:pk>/edit/", webauthn.edit_webauthn, "mfa_edit_webauthn"),
]  # fmt: skip
