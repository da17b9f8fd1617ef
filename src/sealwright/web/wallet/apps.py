"""The app `wallet`."""

from __future__ import annotations

from django.apps import AppConfig


class WalletConfig(AppConfig):
    name = "sealwright.web.wallet"
    label = "wallet"
