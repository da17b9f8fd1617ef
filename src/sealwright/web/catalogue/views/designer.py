"""The designer: one part at a time, with the public page beside it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sealwright.web.catalogue import wording
from sealwright.web.catalogue.content import Content, mark_of
from sealwright.web.catalogue.differences import differences
from sealwright.web.catalogue.forms import DesignForm, Part
from sealwright.web.catalogue.models import Programme
from sealwright.web.catalogue.outline import outline_of
from sealwright.web.catalogue.selectors import names_of, own_choices, telling_of_draft
from sealwright.web.catalogue.services import keep_picture, save_part
from sealwright.web.catalogue.services.drafts import DraftMoved
from sealwright.web.core.refusals import Refusal
from sealwright.web.organisations.doors import ActorRequest, of_organisation
from sealwright.web.organisations.permissions import Permission

OWN_FORM = ("skills", "level", "assessment", "evidence", "design", "stacking")
"""Parts with a template of their own; the fields of the others stand one below the other."""


@of_organisation(Permission.PROGRAMME_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: ActorRequest, programme: str, part: str) -> HttpResponse:
    """A part of the draft: shown, its rows changed, or saved."""
    found = _to_edit(request, programme)
    own = own_choices(request.actor, without=found)
    if request.method != "POST":
        return _shown(request, found, Part.kept(part, found.content, own))
    sent = Part.sent(part, found.content, own, request.POST, request.FILES)
    if sent.press(request.POST.get("do", "")):
        return _shown(request, found, sent)
    _keep_upload(request, sent)
    if not sent.is_valid():
        return _shown(request, found, sent, status=422)
    return _saved(request, found, sent)


@of_organisation(Permission.PROGRAMME_EDIT)
@require_POST
def preview(request: ActorRequest, programme: str, part: str) -> HttpResponse:
    """The public page as it would be with what is in the form now."""
    found = _to_edit(request, programme)
    own = own_choices(request.actor, without=found)
    sent = Part.sent(part, found.content, own, request.POST)
    content = _with(found, sent)
    return render(
        request,
        "catalogue/_preview.html",
        {"telling": telling_of_draft(found, content), "outline": outline_of(found, content)},
    )


def _saved(request: ActorRequest, found: Programme, sent: Part) -> HttpResponse:
    try:
        save_part(
            found.public_id,
            sent.name,
            sent.members(),
            seen=request.POST.get("seen", ""),
            actor=request.actor,
        )
    except DraftMoved as moved:
        return _shown(request, moved.programme, sent, status=409, moved=moved.programme)
    slug = request.actor.organisation.slug
    messages.success(
        request, _("“%(part)s” is saved as a draft.") % {"part": wording.PART_NAMES[sent.name]}
    )
    following = (
        outline_of(found).after(sent.name) if request.POST.get("do") == "next" else sent.name
    )
    if not following:
        return redirect("catalogue:programme", slug, found.public_id)
    return redirect("catalogue:part", slug, found.public_id, following)


def _shown(
    request: ActorRequest,
    found: Programme,
    shown: Part,
    *,
    status: int = 200,
    moved: Programme | None = None,
) -> HttpResponse:
    template = shown.name if shown.name in OWN_FORM else "plain"
    told: dict[str, Any] = {
        "programme": found,
        "part": shown,
        "part_name": wording.PART_NAMES[shown.name],
        "part_template": f"catalogue/_part_{template}.html",
        "outline": outline_of(found),
        "telling": telling_of_draft(found, _with(found, shown)),
        "seen": request.POST.get("seen") or mark_of(found.content, shown.name),
        "fields": wording.FIELDS,
    }
    if moved is not None:
        told |= {
            "seen": mark_of(moved.content, shown.name),
            "theirs": differences(_with(moved, shown), moved.content),
            "their_name": names_of([moved.draft_changed_by]).get(moved.draft_changed_by, ""),
        }
    return render(request, "catalogue/part.html", told, status=status)


def _with(found: Programme, shown: Part) -> Content:
    """The draft with what is right in the form."""
    return Content.from_json(found.draft | shown.members())


def _keep_upload(request: ActorRequest, sent: Part) -> None:
    """Keep a picture that was brought, or have the form say why it cannot be used."""
    upload = request.FILES.get("upload")
    form = sent.form
    if not isinstance(form, DesignForm) or not isinstance(upload, UploadedFile):
        return
    if form.errors.get("upload"):
        return
    try:
        form.picture = keep_picture(upload.read(), actor=request.actor).public_id
    except Refusal as refusal:
        form.add_error("upload", str(refusal.detail))


def _to_edit(request: ActorRequest, programme: str) -> Programme:
    found = Programme.objects.visible_to(request.actor).named(programme)
    request.actor.require(Permission.PROGRAMME_EDIT, unit_id=found.unit_id)
    return found
