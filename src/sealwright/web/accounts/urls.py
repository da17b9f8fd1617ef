"""The addresses of `accounts`."""

from __future__ import annotations

from django.urls import path

from sealwright.web.accounts.views import account, addresses, demo, leaving, recovery

app_name = "accounts"

urlpatterns = [
    path("account", account.account, name="account"),
    path("account/name", account.rename, name="rename"),
    path("account/second-factor", account.second_factor, name="second-factor"),
    path("account/addresses/add", addresses.add, name="add-address"),
    path("account/addresses/prove", addresses.prove, name="prove-address"),
    path("account/addresses/main", addresses.make_main, name="make-main"),
    path("account/addresses/remove", addresses.remove, name="remove-address"),
    path("account/join", addresses.join, name="join"),
    path("account/recovery-kit", recovery.kit, name="kit"),
    path("account/sessions/end", account.end_sessions, name="end-sessions"),
    path("account/export", leaving.export, name="export"),
    path("account/close", leaving.close, name="close"),
    path("recover", recovery.recover, name="recover"),
    path("demo/sign-in", demo.sign_in, name="demo-sign-in"),
    path("demo/outbox/<int:number>", demo.mail, name="outbox-mail"),
]
