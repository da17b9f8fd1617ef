"""People. Their addresses are rows of allauth's `EmailAddress`; a person has as many as needed."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

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


class DemoSide(models.TextChoices):
    """Where a person of the demo world stands."""

    PROVIDER = "provider", _("Providers")
    LEARNER = "learner", _("Learners")
    RECRUITER = "recruiter", _("Employers")


class User(PublicIdModel, AbstractBaseUser):
    """A person. `email` is the address that mails go to; what is proven is in `addresses`.

    A closed account keeps this row as a tombstone: an id, and when it was closed.
    """

    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    """Runs this site: may do what no organisation may."""
    is_demo = models.BooleanField(default=False)
    """Belongs to the demo world: signs in with one click, in demo mode only."""
    demo_side = models.CharField(max_length=10, choices=DemoSide, blank=True)
    demo_note = models.CharField(max_length=120, blank=True)
    """Who this is in the demo world, as in "Issuer at Harbour College"."""
    sessions_ended = models.PositiveIntegerField(default=0)
    """How often this person signed out everywhere; part of what a session must agree with."""
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

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """As Django's, and ended by `sessions_ended` too: most people here have no password."""
        salt = "sealwright.web.accounts.models.User.session"
        value = f"{self.password}/{self.sessions_ended}"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()


class AddressProof(PublicIdModel):
    """A code sent to an address that a person says is theirs. A person has one at a time.

    Where the address belongs to another account and the code was right, it is what lets the
    two be joined.
    """

    person = models.OneToOneField(User, models.CASCADE, related_name="proof")
    email = models.EmailField()
    code_hash = models.CharField(max_length=64)
    tries_left = models.PositiveSmallIntegerField()
    expires_at = models.DateTimeField()
    proven_at = models.DateTimeField(null=True, blank=True)
    """When the right code came in for an address of another account."""
    cleared_at = models.DateTimeField(null=True, blank=True)
    """When that account's second factor was shown as well, where it has one."""

    def __str__(self) -> str:
        return f"proof of {self.person_id}"


class RecoveryKit(models.Model):
    """A long code on paper that stands in for a lost address, once. Only its hash is kept."""

    person = models.OneToOneField(User, models.CASCADE, related_name="kit")
    code_hash = models.CharField(max_length=64, unique=True)
    occasion = models.CharField(max_length=22, unique=True)
    """The form it was made with: sending that form again makes no second kit."""
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"kit of {self.person_id}"
