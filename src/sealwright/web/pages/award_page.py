"""What the page of an award says: the engine's report and the award's own facts, put together.

Values only: nothing is asked of the database here, and nothing is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sealwright.credentials.model.report import Outcome, Report
from sealwright.web.catalogue.telling import Line, Telling
from sealwright.web.issuing.models import Award, Credential
from sealwright.web.pages.selectors.awards import Sight
from sealwright.web.trust.standing import Standing as IssuerStanding
from sealwright.web.verifying.card import Card
from sealwright.web.verifying.presentation import Headline, Shown, Step, shown
from sealwright.web.verifying.wording import Tone

Standing = Award.Standing

ENDED_EARLY = {Standing.REVOKED, Standing.SUPERSEDED, Standing.CANCELLED}


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom it was awarded to. `is_signed` says that the name stands in what was signed."""

    name: str
    is_signed: bool


@dataclass(frozen=True)
class AwardPage:
    """One award, for its page, its files and its certificate.

    `at` is the moment of the check, `given` how many awards of the programme were made.
    """

    award: Award
    credential: Credential
    report: Report
    telling: Telling
    at: datetime
    issuer: IssuerStanding
    sight: Sight = Sight.OPEN
    logged_at: datetime | None = None
    given: int = 0

    @cached_property
    def standing(self) -> Standing:
        return self.award.standing_at(self.at)

    @cached_property
    def shown(self) -> Shown:
        """The report as it is shown, with what this site knows of the award besides."""
        plain = shown(self.report, name=self.award.url, at=self.at)
        chain = tuple(self._step(step) for step in plain.chain)
        return replace(plain, chain=chain, headline=self._headline(plain.headline))

    @property
    def card(self) -> Card:
        """What the signed document tells."""
        card = self.shown.card
        if card is None:
            raise ValueError("a credential of ours cannot be read")
        return card

    @property
    def title(self) -> str:
        return self.card.title or self.award.version.title

    @cached_property
    def holder(self) -> Holder:
        signed = self.card.holder.name
        recipient = getattr(self.award, "recipient", None)
        return Holder(signed or (recipient.name if recipient else ""), bool(signed))

    @property
    def is_sound(self) -> bool:
        """Do signature and issuer hold? Otherwise nothing the document says is proven."""
        outcomes = {f.check: f.outcome for f in self.report.findings}
        return outcomes.get("proof") == outcomes.get("issuer") == Outcome.PASSED

    @property
    def is_withdrawn(self) -> bool:
        """Its issuer took it back for good: the seal is drawn hollow."""
        return self.standing in ENDED_EARLY

    @property
    def is_in_force(self) -> bool:
        return self.standing is Standing.IN_FORCE

    @property
    def is_proven(self) -> bool:
        """Has the holder shown that it is theirs?"""
        return self.award.holder_proof != Award.HolderProof.NONE

    @property
    def awarded(self) -> str:
        return day_of(self.award.awarded_at)

    @property
    def ends(self) -> str:
        return day_of(self.award.valid_until) if self.award.valid_until else ""

    @property
    def after(self) -> str:
        """How it was earned, as the end of a sentence; empty if not told."""
        return {
            "performed-task": _("after a task performed before an assessor"),
            "supervised-exam": _("after a supervised exam"),
            "reviewed-project": _("after a project that was reviewed"),
            "unsupervised-quiz": _("after a quiz without supervision"),
            "attendance": _("for attendance"),
        }.get(self.telling.content.assessment.type, "")

    @property
    def not_told(self) -> list[Line]:
        """The rigour facts that the provider leaves open."""
        return [line for line in self.telling.rigour if not line.is_told]

    @property
    def reason(self) -> str:
        """Why it was revoked, in words for everybody; empty where that is not public."""
        if not self.award.reason_is_public:
            return ""
        words = self.award.get_revocation_reason_display()
        return f"{words}. {self.award.revocation_note}".strip()

    @property
    def newer_version(self) -> int:
        """The number of the programme's current version, where that is a newer one."""
        current = self.award.version.programme.current
        return current.number if current and current.number > self.award.version.number else 0

    @property
    def local_host(self) -> str:
        """Host and port of a site that only this machine reaches; verifiers must allow it."""
        return "" if settings.HTTPS else settings.BASE_URL.partition("://")[2]

    # --- The verdict ------------------------------------------------------------------------

    def _headline(self, plain: Headline) -> Headline:
        """The engine's verdict, unless the award's own facts say more. They never say less."""
        award = self.award
        if not self.is_sound:
            return plain
        match self.standing:
            case Standing.SUPERSEDED:
                title = _("Replaced by a corrected award")
                why = _("It was genuine, and no longer counts since %(day)s. The new one does.")
                return _verdict(Tone.CAUTION, "replace", title, why, award.revoked_at)
            case Standing.CANCELLED:
                title = _("Taken back before it was claimed")
                why = _("Its issuer withdrew it on %(day)s. Nobody ever held it.")
                return _verdict(Tone.NONE, "undo-2", title, why, award.cancelled_at)
            case Standing.REVOKED:
                title = _("Revoked by its issuer")
                why = _("It was genuine, and does not count any more since %(day)s.")
                said = self.reason or _("The issuer does not say why.")
                return _verdict(Tone.BAD, "ban", title, why, award.revoked_at, said)
            case Standing.SUSPENDED:
                title = _("Suspended by its issuer")
                why = _("It does not count since %(day)s, until its issuer puts it back in force.")
                return _verdict(Tone.BAD, "circle-pause", title, why, award.suspended_at)
            case Standing.IN_FORCE if plain.tone is Tone.UNKNOWN:
                own = _("The issuer’s own record on this site says that it is in force.")
                return replace(plain, why=(*plain.why, own))
            case _:
                return self._vouched_for(plain)

    def _vouched_for(self, plain: Headline) -> Headline:
        """A good verdict says who vouches for the issuer, rather than which list was read."""
        known = self.issuer.known_by
        if plain.tone is not Tone.GOOD or known is None:
            return plain
        confirmed = known.recognition.confirmed_by
        return replace(plain, why=(f"{known.words}.", _("Confirmed by: %s.") % confirmed))

    def _step(self, step: Step) -> Step:
        match step.check:
            case "recipient":
                return self._holder_step()
            case "status" if self.standing in ENDED_EARLY and step.tone is Tone.GOOD:
                sentence = _("This site’s own record says so; the published list follows.")
                return Step("status", Tone.BAD, _("Revoked"), sentence)
            case "registry" if step.tone is Tone.GOOD and (known := self.issuer.known_by):
                return replace(step, sentence=f"{known.words}.")
            case _:
                return step

    def _holder_step(self) -> Step:
        claimed = self.award.claimed_at
        match self.award.holder_proof:
            case Award.HolderProof.KEY:
                words = _("The holder has shown to have the key it was made out to.")
                return Step("recipient", Tone.GOOD, _("Holder proved a key"), words)
            case Award.HolderProof.ADDRESS:
                words = _("The holder has shown to read the address it was sent to.")
                return Step("recipient", Tone.GOOD, _("Holder proved an address"), words)
        if claimed is None:
            words = _("Nobody has claimed it yet.")
        else:
            words = _("It was claimed by a link, which may have been forwarded.")
        return Step("recipient", Tone.CAUTION, _("Holder not proven"), words)


def day_of(moment: datetime) -> str:
    """The day of a moment in the reader's language."""
    return date_format(timezone.localtime(moment), "DATE_FORMAT")


def _verdict(
    tone: Tone, icon: str, title: str, why: str, since: datetime | None, *more: str
) -> Headline:
    first = why % {"day": day_of(since)} if since else ""
    return Headline(tone, icon, title, tuple(filter(None, (first, *more))), mark=icon)


def state_of(page: AwardPage) -> str:
    """What a certificate or a picture must say of an award that is not in force, or ''."""
    award = page.award
    told: dict[Standing, tuple[str, datetime | None]] = {
        Standing.REVOKED: (_("Revoked on %(day)s"), award.revoked_at),
        Standing.SUPERSEDED: (_("Replaced on %(day)s by a corrected award"), award.revoked_at),
        Standing.CANCELLED: (_("Taken back on %(day)s"), award.cancelled_at),
        Standing.SUSPENDED: (_("Suspended on %(day)s"), award.suspended_at),
        Standing.EXPIRED: (_("Ended on %(day)s"), award.valid_until),
    }
    words, moment = told.get(page.standing, ("", None))
    return words % {"day": day_of(moment)} if moment else ""
