"""Programmes, their drafts, and their published versions, which never change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.conf import settings
from django.db import models
from django.http import Http404
from django.utils import timezone

from sealwright.web.catalogue.content import Content
from sealwright.web.core.models import PublicIdModel
from sealwright.web.organisations.models import Organisation, Unit
from sealwright.web.organisations.permissions import Permission

if TYPE_CHECKING:
    from sealwright.web.organisations.actors import Actor


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, actor: Actor) -> ProgrammeQuerySet:
        """The programmes of the actor's organisation, or of the units they may read."""
        own = self.filter(organisation=actor.organisation)
        units = actor.units_with(Permission.PROGRAMME_READ)
        return own if units is None else own.filter(unit__in=units)

    def named(self, programme_id: str) -> Programme:
        """The programme of that public id, with what every page of it needs.

        Raises `Http404` where it is not among these.
        """
        related = self.select_related("organisation", "unit", "current")
        for programme in related.filter(public_id=programme_id):
            return programme
        raise Http404


class Programme(PublicIdModel):
    """A micro-credential as offered by a provider. What it says is in its versions."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="programmes")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True)
    draft = models.JSONField(default=dict)
    """The next version in the making, as `Content.as_json` writes it."""
    draft_changed_at = models.DateTimeField(default=timezone.now)
    draft_changed_by = models.CharField(max_length=60, blank=True)
    current = models.ForeignKey("Version", models.PROTECT, null=True, blank=True, related_name="+")
    """The newest published version."""
    takes_applications = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)
    """No longer offered; what was awarded stays."""

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organisation", "-created_at"], name="programmes_by_age")]

    def __str__(self) -> str:
        return self.title

    @property
    def content(self) -> Content:
        """The draft as a value."""
        return Content.from_json(self.draft)

    @property
    def title(self) -> str:
        return str(self.draft.get("title") or "")

    @property
    def path(self) -> str:
        return f"/programmes/{self.public_id}"


class PublishedError(RuntimeError):
    """Code of ours tried to change what is published. It never may."""


T = TypeVar("T", bound=models.Model)


class FrozenQuerySet(models.QuerySet[T]):
    """Rows that are written once. The database refuses changes as well (see `guard`)."""

    def update(self, **values: Any) -> int:
        raise PublishedError(f"a published {self.model.__name__} never changes")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise PublishedError(f"a published {self.model.__name__} is never deleted")


class Frozen(models.Model):
    """A row that is written once."""

    objects: ClassVar[models.Manager[Any]] = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """Write the row for the first and only time."""
        if not self._state.adding:
            raise PublishedError(f"a published {type(self).__name__} never changes")
        super().save(*args, **options | {"force_insert": True})

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        raise PublishedError(f"a published {type(self).__name__} is never deleted")


class Version(Frozen):
    """A published state of a programme. Immutable: its address is signed into every award."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content_json = models.JSONField()
    # What the catalogue searches and filters by, taken from the content once:
    title = models.CharField(max_length=160)
    summary = models.CharField(max_length=400, blank=True)
    field = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=12, blank=True)
    hours = models.FloatField(null=True, blank=True)
    cost = models.FloatField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    eqf = models.CharField(max_length=2, blank=True)
    participation = models.CharField(max_length=12, blank=True)
    assessment_type = models.CharField(max_length=24, blank=True)
    stacks = models.BooleanField(default=False)
    """Counts towards something larger."""
    rigour_told = models.PositiveSmallIntegerField(default=0)
    """How many of the rigour facts are told."""
    search_text = models.TextField(blank=True)
    """Title, summary, provider and skills, as `words.plain` writes them."""
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="one_version_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    @property
    def content(self) -> Content:
        return Content.from_json(self.content_json)

    @property
    def path(self) -> str:
        return f"{self.programme.path}/versions/{self.number}"

    @property
    def url(self) -> str:
        """The id of the achievement, for ever."""
        return f"{settings.BASE_URL}{self.path}"


class VersionSkill(Frozen):
    """A skill of a published version, as a row to be found by."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="skills")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120, db_index=True)
    kind = models.CharField(max_length=12)
    level = models.PositiveSmallIntegerField(default=0)
    url = models.CharField(max_length=300, blank=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="one_skill_per_position")
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class Picture(PublicIdModel):
    """A badge picture that a provider brought, re-encoded by us as PNG."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    png = models.BinaryField()
    small = models.BinaryField(default=bytes)
    """The same for our pages, as WebP of 240 pixels at most either way."""
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "sha256"], name="a_picture_is_kept_once"
            )
        ]

    def __str__(self) -> str:
        return f"picture {self.public_id}"

    @property
    def path(self) -> str:
        return f"/pictures/{self.public_id}.png"

    @property
    def small_path(self) -> str:
        return f"/pictures/{self.public_id}.webp"


class SkillFramework(PublicIdModel):
    """One version of a framework that whoever runs the site has brought in."""

    address = models.CharField(max_length=1000)
    version = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    attribution = models.TextField(blank=True)
    """The sentence to show wherever its skills are shown."""
    about = models.JSONField(default=dict)
    """What is said of it as a whole, as `skills.frameworks.members` writes it."""
    counts = models.JSONField(default=dict)
    """How many there are of each sort of entry, and of what ties them."""
    digest = models.CharField(max_length=64)
    """Of all that it says, so that what is made from it can be told from what is not."""
    is_current = models.BooleanField(default=True)
    """The version from which skills are picked; the others stay for what names them."""
    is_first = models.BooleanField(default=False)
    """The one that is offered before the others."""
    brought_at = models.DateTimeField()
    brought_by = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["address", "version"], name="a_version_of_a_framework_is_kept_once"
            ),
            models.UniqueConstraint(
                fields=["address"],
                condition=models.Q(is_current=True),
                name="one_version_of_a_framework_is_current",
            ),
            models.UniqueConstraint(
                fields=["is_first"],
                condition=models.Q(is_first=True),
                name="one_framework_is_first",
            ),
        ]
        ordering = ["-is_first", "title", "pk"]

    def __str__(self) -> str:
        return f"{self.title} {self.version}".strip()

    @property
    def successor(self) -> SkillFramework | None:
        """The version to pick from where this one is, and goes."""
        if not self.is_current:
            return None
        others = SkillFramework.objects.filter(address=self.address).exclude(pk=self.pk)
        return others.order_by("-brought_at", "-pk").first()

    @property
    def next_first(self) -> SkillFramework | None:
        """What is offered first where this one is, and goes."""
        if not self.is_first:
            return None
        others = SkillFramework.objects.filter(is_current=True).exclude(pk=self.pk)
        return self.successor or others.first()

    @property
    def publisher(self) -> str:
        return str(self.about.get("publisher", ""))

    @property
    def licence(self) -> str:
        """The address of the licence, or its name where it has none."""
        return str(self.about.get("licence", ""))

    @property
    def has_licence_page(self) -> bool:
        return self.licence.startswith(("https://", "http://"))


class FrameworkEntry(models.Model):
    """A skill, a group or an occupation of a framework, whole, in one row.

    What it needs, what it is related to and its levels stay within it: nobody looks for a
    relation without the entry that it is of (see decision 0013).
    """

    class Sort(models.TextChoices):
        SKILL = "skill"
        GROUP = "group"
        OCCUPATION = "occupation"

    framework = models.ForeignKey(SkillFramework, models.CASCADE, related_name="entries")
    sort = models.CharField(max_length=12, choices=Sort)
    url = models.CharField(max_length=1000)
    label = models.CharField(max_length=1000)
    code = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=12, blank=True)
    """Of a skill: technical or human."""
    is_pickable = models.BooleanField(default=False)
    """A skill that can be signed: it has a web address, and both fit into a programme."""
    label_words = models.CharField(max_length=250, db_index=True)
    """The label as it is searched: small letters, no accents."""
    words = models.TextField()
    """Every label in every language, so too, with a blank before each word."""
    members = models.JSONField()
    """All that the publisher says of it, as `skills.frameworks.members` writes it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "url"], name="an_entry_of_a_framework_is_kept_once"
            )
        ]
        indexes = [models.Index(fields=["framework", "sort"], name="entries_by_sort")]

    def __str__(self) -> str:
        return self.label


class SameSkill(models.Model):
    """That a publisher calls another skill, perhaps of another framework, the same as an entry.

    It stands within the entry as well; this is how it is found from the other skill's side.
    """

    framework = models.ForeignKey(SkillFramework, models.CASCADE, related_name="same_skills")
    url = models.CharField(max_length=1000)
    """The entry of the framework that says so."""
    other = models.CharField(max_length=1000)

    class Meta:
        indexes = [models.Index(fields=["framework", "other"], name="same_skills_by_other")]

    def __str__(self) -> str:
        return f"{self.url} = {self.other}"
