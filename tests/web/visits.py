"""Every page of the site and who looks at it, for a browser that walks them all.

Whoever adds a page adds a line to `VISITS`, with its empty state if it has one; a page that is
reached by a step before it goes to `BEGUN`, with the step in `tests/journeys/test_every_route`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from django.test import Client

from sealwright.web.accounts.models import User
from sealwright.web.catalogue.content import PARTS
from sealwright.web.core.models import DeliveredMail
from sealwright.web.issuing.models import Award
from sealwright.web.issuing.services.offers import claim_token
from sealwright.web.organisations.models import Organisation, Role
from tests.web import crowds
from tests.web.accounts.people import a_client
from tests.web.factories import a_person, an_organisation, somebody
from tests.web.routing import ROUTES
from tests.web.scenes import Scene, secured


class Who(StrEnum):
    """Somebody who looks at pages."""

    ANYBODY = "anybody"
    LEARNER = "learner"
    OWNER = "owner"
    OPERATOR = "operator"
    NEWCOMER = "newcomer"
    """Has an account, and nothing else yet."""
    FOUNDER = "founder"
    """Owner of an organisation in which there is nothing yet."""


@dataclass
class World:
    """A scene with long lists, and people who have nothing yet."""

    scene: Scene = field(default_factory=lambda: Scene("Harbour College"))
    quiet: Organisation = field(init=False)
    people: dict[Who, User] = field(init=False)
    mail: DeliveredMail = field(init=False)
    offer: Award = field(init=False)
    """An award that nobody has claimed."""

    def __post_init__(self) -> None:
        self.quiet = an_organisation("Quiet College")
        self.people = {
            Who.LEARNER: self.scene.learner,
            Who.OWNER: self.scene.owner,
            Who.OPERATOR: secured(a_person(is_operator=True)),
            Who.NEWCOMER: a_person(name="Noor Vermeulen"),
            Who.FOUNDER: secured(somebody(Role.OWNER, self.quiet)),
        }
        crowds.more_awards(self.scene)
        self.offer = Award.objects.latest("pk")
        crowds.more_mail(self.scene)
        self.mail = DeliveredMail.objects.latest("pk")
        Award.objects.filter(pk=self.scene.award.pk).update(visibility=Award.Visibility.PUBLIC)

    def fill(self, rows: int) -> None:
        """Make every list so many rows longer."""
        for more in crowds.ALL:
            for _ in range(rows):
                more(self.scene)

    def client(self, who: Who) -> Client:
        """Their browser, signed in."""
        return a_client(self.people.get(who))


@dataclass(frozen=True)
class Visit:
    """A page, who looks at it, and the query and gaps that make it this page."""

    route: str
    who: Who
    query: str = ""
    gaps: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        told = "".join(f"-{value}" for _, value in self.gaps)
        return f"{self.route}{told}{self.query}" + f"-{self.who}" * self.is_empty

    @property
    def is_empty(self) -> bool:
        """Is it looked at by somebody who has nothing yet?"""
        return self.who in (Who.FOUNDER, Who.NEWCOMER)

    def path(self, world: World) -> str:
        """The address of the page."""
        others: dict[str, Any] = dict(self.gaps)
        if self.route == "accounts:outbox-mail":
            others["number"] = world.mail.pk
        if self.route == "wallet:claim" and self.who is Who.ANYBODY:
            others["token"] = claim_token(world.offer.public_id)
        if self.who is Who.FOUNDER:
            others["slug"] = world.quiet.slug
        route = next(route for route in ROUTES if route.name == self.route)
        query = self.query.format(award=world.scene.award.public_id)
        return route.filled(world.scene, **others) + query


def _all(who: Who, *routes: str) -> list[Visit]:
    """Visits of one person, each told as "route" or "route?query"."""
    told = (route.partition("?") for route in routes)
    return [Visit(name, who, f"{mark}{query}") for name, mark, query in told]


CONSOLE_OF_THE_FOUNDER: Final = (
    "issuing:overview",
    "issuing:awards",
    "issuing:batches",
    "catalogue:programmes",
    "catalogue:new",
    "assessing:applications",
    "organisations:people",
    "organisations:units",
    "organisations:domains",
    "organisations:api-keys",
    "organisations:trail",
    "trust:recognitions",
    "leaving:overview",
)

VISITS: Final = [
    *_all(
        Who.ANYBODY,
        *("home", "programs", "start", "verifying:verify", "log:log", "demo", "outbox"),
        "hiring:screen",
        *("pages:find", "pages:find?q=nothing-like-that", "pages:compare", "pages:providers"),
        *("pages:provider", "pages:programme", "pages:version", "pages:award"),
        *("pages:award-embed", "pages:award-print", "outbox?q=nobody", "accounts:outbox-mail"),
        *("wallet:claim", "wallet:shared", "wallet:public-profile", "organisations:invitation"),
        *("account_login", "account_signup", "account_signup_by_passkey", "account_inactive"),
        *("account_request_login_code", "account_reset_password", "accounts:recover"),
        "account_password_reset_completed",
    ),
    *_all(
        Who.LEARNER,
        *("start", "wallet:wallet", "wallet:item", "wallet:profile", "wallet:resume"),
        *("wallet:shares", "wallet:share", "wallet:claim", "pages:award"),
        *("assessing:own", "assessing:application", "assessing:apply"),
        *("accounts:account", "accounts:add-address", "accounts:add-address?join"),
        *("accounts:second-factor", "accounts:kit", "accounts:close", "account_logout"),
        *("account_set_password", "account_request_reauthentication_code"),
        *("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"),
        *("organisations:new", "organisations:invitation"),
    ),
    *_all(
        Who.OWNER,
        *("start", "issuing:overview", "accounts:account"),
        *("catalogue:programmes", "catalogue:new", "catalogue:programme", "catalogue:publish"),
        *("catalogue:versions", "assessing:rule", "assessing:applications", "assessing:review"),
        *("issuing:batches", "issuing:issue", "issuing:batch", "issuing:order"),
        *("issuing:sheet-new", "issuing:sheet-columns", "issuing:sheet-check"),
        *("issuing:sheet-look", "issuing:sheet-issue", "issuing:sheet-discard"),
        *(
            "leaving:overview",
            "issuing:keys",
            "issuing:stolen-key",
            "issuing:awards",
            "issuing:awards?q=nobody",
            "issuing:award",
            "issuing:correct",
        ),
        *("issuing:revoke?award={award}", "issuing:suspend?award={award}"),
        *("issuing:reinstate?award={award}", "issuing:cancel?award={award}"),
        *("issuing:revoke-batch-awards", "issuing:suspend-batch-awards"),
        *("issuing:reinstate-batch-awards", "issuing:cancel-batch-awards"),
        *("organisations:people", "organisations:invite", "organisations:member"),
        *("organisations:leave", "organisations:profile", "organisations:closing"),
        *("organisations:units", "organisations:domains", "organisations:api-keys"),
        *("organisations:new-api-key", "organisations:trail", "organisations:trail?q=nothing"),
        *("trust:recognitions", "trust:recognition"),
        *("mfa_reauthenticate", "mfa_deactivate_totp"),
    ),
    *(Visit("catalogue:part", Who.OWNER, gaps=(("part", part),)) for part in PARTS),
    *_all(
        Who.OPERATOR,
        "organisations:all",
        "trust:claims",
        "trust:claims?q=nobody",
        "catalogue:frameworks",
        "catalogue:remove-framework",
    ),
    *_all(Who.NEWCOMER, "start", "wallet:wallet", "wallet:shares", "wallet:resume"),
    *_all(Who.NEWCOMER, "wallet:profile", "assessing:own"),
    *_all(Who.FOUNDER, *CONSOLE_OF_THE_FOUNDER),
]

BEGUN: Final = frozenset(
    {
        "accounts:join",
        "accounts:prove-address",
        "account_change_password",
        "account_complete_password_reset",
        "account_confirm_login_code",
        "account_confirm_password_reset_code",
        "account_confirm_reauthentication_code",
        "account_email_verification_sent",
        "account_reauthenticate",
        "mfa_authenticate",
        "mfa_edit_webauthn",
        "mfa_reauthenticate_webauthn",
        "mfa_remove_webauthn",
        "mfa_signup_webauthn",
        "mfa_view_recovery_codes",
    }
)
"""Pages in the middle of something."""

NO_PAGES: Final = {
    "account_email": "leads to the account",
    "mfa_index": "leads to the account",
    "mfa_list_webauthn": "leads to the account",
    "mfa_login_webauthn": "answers a script",
    "mfa_download_recovery_codes": "a file, once there are codes",
    "organisations:new-address": "a piece of a page, for htmx",
    "leaving:progress": "a piece of a page, for htmx",
    "leaving:download": "a file, once it is prepared",
    "log:checkpoint": "a file, once there is a checkpoint",
    "log:tile": "a file, once there is a tile",
    "readyz": "for machines",
}
"""What answers neither with a page nor with a file to those who look, and why."""
