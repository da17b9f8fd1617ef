"""The app `wallet`."""

from __future__ import annotations

from django.apps import AppConfig


class WalletConfig(AppConfig):
    name = "sealwright.web.wallet"
    label = "wallet"

    def ready(self) -> None:
        """Let `accounts` know what is held here of a person."""
        from sealwright.web.wallet import people

        people.register()
