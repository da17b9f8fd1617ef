"""What tests about accounts lean on: sign-ins as browsers do them, and the mails that went out."""

from __future__ import annotations

import re
import time

from django.test import Client

from sealwright.web.accounts.adapter import SIGNED_IN_AT
from sealwright.web.accounts.models import User
from sealwright.web.core.models import Message


def a_client(person: User | None = None, *, lately: bool = True) -> Client:
    """A browser; of a person who signed in just now, or (`lately=False`) a while ago."""
    client = Client()
    if person is not None:
        client.force_login(person)
        session = client.session
        session[SIGNED_IN_AT] = time.time() if lately else 0
        session.save()
    return client


def mails_to(address: str) -> list[Message]:
    """The mails queued for an address, oldest first."""
    return list(Message.objects.filter(to=address).order_by("pk"))


def code_in(mail: Message) -> str:
    """The code of a mail: alone on its line."""
    found = re.search(r"^ {4}(\S+)$", mail.text, re.M)
    assert found, mail.text
    return found.group(1)


def last_code(address: str) -> str:
    """The code of the latest mail to an address."""
    return code_in(mails_to(address)[-1])
