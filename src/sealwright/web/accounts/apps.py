"""The app `accounts`."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "sealwright.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Hear what allauth does, and have the worker tidy up."""
        from allauth.account.signals import email_confirmed

        from sealwright.web.accounts.reactions import on_address_confirmed, tidy
        from sealwright.web.core.worker import Duty, register

        email_confirmed.connect(on_address_confirmed, dispatch_uid="accounts.address-proven")
        register(Duty("tidying accounts", tidy, every=timedelta(minutes=10)))
