"""People. Their addresses are rows of allauth's `EmailAddress`; a person has as many as needed."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from sealwright.web.core.models import PublicIdModel


class UserManager(BaseUserManager["User"]):
    """Makes people. Nobody needs a password: a code by mail or a passkey signs them in."""

    def create_user(self, password: str | None = None, **fields: Any) -> User:
        """A new person; `password` may be left out."""
        person = self.model(**fields)
        if password:
            person.set_password(password)
        else:
            person.set_unusable_password()
        person.save(using=self._db)
        return person


class User(PublicIdModel, AbstractBaseUser):
    """A person. `email` is the address that mails go to; what is proven is in `addresses`."""

    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    """Runs this site: may do what no organisation may."""
    is_demo = models.BooleanField(default=False)
    """Belongs to the demo world: signs in with one click, in demo mode only."""
    demo_note = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "public_id"
    EMAIL_FIELD = "email"
    objects = UserManager()

    def __str__(self) -> str:
        return self.name or self.email or self.public_id

    @property
    def label(self) -> str:
        """What the trail calls this person: an id that tells nothing once they are gone."""
        return f"person:{self.public_id}"

    def addresses(self) -> list[str]:
        """The verified addresses, normalised, in a stable order."""
        return list(
            EmailAddress.objects.filter(user=self, verified=True)
            .order_by("pk")
            .values_list("email", flat=True)
        )
