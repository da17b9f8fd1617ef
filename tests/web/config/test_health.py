"""Alive, and ready: what the site tells whoever watches it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone

from sealwright.web.config.setting_up import check_address
from sealwright.web.core.models import Heartbeat, Message, SiteRecord
from sealwright.web.core.worker import run_pending
from sealwright.web.issuing.services.kek import add_version
from sealwright.web.issuing.services.keys import ensure_issuer
from tests.web.factories import an_organisation

pytestmark = pytest.mark.django_db


def test_a_process_that_answers_is_alive(client: Client) -> None:
    assert client.get("/livez").content == b"alive\n"


def test_a_site_with_all_it_needs_is_ready(client: Client) -> None:
    ensure_issuer(an_organisation())
    run_pending()

    answer = client.get("/readyz")

    assert answer.status_code == 200, answer.json()
    assert set(answer.json().values()) == {"ok"}


def test_a_site_without_a_worker_is_not_ready(client: Client) -> None:
    Heartbeat.objects.create(name="worker", at=timezone.now() - timedelta(minutes=5))

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert "worker" in answer.json()["worker"]


def test_mail_that_waits_too_long_is_told(client: Client) -> None:
    long_ago = timezone.now() - timedelta(hours=1)
    Message.objects.create(key="k", kind="offer", to="a@b.example", subject="s", due_at=long_ago)

    assert "mail" in client.get("/readyz").json()["queues"]


def test_a_lost_key_encryption_key_is_told(client: Client, settings: Any, tmp_path: Path) -> None:
    ensure_issuer(an_organisation())
    settings.KEK_FILE = tmp_path / "another"
    add_version(tmp_path / "another")

    assert "cannot be opened" in client.get("/readyz").json()["signer"]


def test_a_database_is_served_under_its_own_address_only(settings: Any) -> None:
    check_address()
    settings.BASE_URL = "https://elsewhere.example"

    with pytest.raises(ImproperlyConfigured, match="SEALWRIGHT_BASE_URL"):
        check_address()

    assert SiteRecord.objects.count() == 1
