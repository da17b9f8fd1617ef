"""Pages of a person's wallet, of claiming, and of what they let others see."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sealwright.web.accounts.models import User
from sealwright.web.core.access import by_secret, open_to_all, signed_in
from sealwright.web.core.limits import caller, spend
from sealwright.web.core.refusals import UNFIT, Refusal
from sealwright.web.issuing.models import Award
from sealwright.web.issuing.services import claims
from sealwright.web.verifying.sources import from_form
from sealwright.web.wallet import holdings as held
from sealwright.web.wallet.forms import ProfileForm, ShareForm
from sealwright.web.wallet.models import Collection, Profile
from sealwright.web.wallet.resume import json_resume, proof_url
from sealwright.web.wallet.services import importing, showing

A_PAGE: Final = 24
CLAIMS_A_MINUTE: Final = 30
IMPORTS_A_MINUTE: Final = 20


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User


# --- Claiming -------------------------------------------------------------------------------


@by_secret
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, token: str) -> HttpResponse:
    """What the mail offers; one button makes it theirs, with or without an account."""
    spend("claim", caller(request), amount=1, a_minute=CLAIMS_A_MINUTE)
    person = request.user if isinstance(request.user, User) else None
    if request.method == "POST":
        if person is not None:
            award = claims.claim_for(person, token=token)
            messages.success(request, _("It is in your wallet."))
        else:
            award = claims.claim_by_link(token)
            messages.success(request, _("Claimed. Keep the mail: its link brings you back."))
        return redirect(award.path)
    award = claims.award_of_token(token, person=person)
    context = {
        "award": award,
        "content": award.version.content,
        "organisation": award.version.programme.organisation,
        "is_addressee": person is not None and claims.is_addressee(award, person),
    }
    # The address is a secret; the site's referrer policy keeps it from other sites.
    return render(request, "wallet/claim.html", context)


# --- The wallet -----------------------------------------------------------------------------


@signed_in
@require_safe
def wallet(request: PersonRequest) -> HttpResponse:
    """Everything the person holds, filtered by GET parameters."""
    claims.attach_awards_of(request.user)
    found = held.holdings(request.user)
    asked = held.Question.read(request.GET)
    shown = Paginator(asked.fitting(found, request.user), A_PAGE)
    collections = list(Collection.objects.filter(owner=request.user))
    context = {
        "holdings": shown.get_page(request.GET.get("page")),
        "all": len(found),
        "most": showing.MOST_ENTRIES,
        "asked": asked,
        "issuers": sorted({each.issuer for each in found if each.issuer}),
        "fields": sorted({each.field for each in found if each.field}),
        "states": _counted(found),
        "collections": collections,
        "needs": _needs(found),
        "profile": Profile.objects.filter(owner=request.user).first(),
    }
    return render(request, "wallet/wallet.html", context)


@signed_in
@require_POST
def bring(request: PersonRequest) -> HttpResponse:
    """Import what was pasted or chosen; each thing that does not go says why."""
    files = [file for name in ("files",) for file in request.FILES.getlist(name)]
    sources = from_form(request.POST.getlist("credential"), files)
    if not sources:
        raise Refusal(UNFIT, _("Paste a link or a text, or choose a file."))
    spend("import", caller(request), amount=len(sources), a_minute=IMPORTS_A_MINUTE)
    for source in sources:
        try:
            brought = importing.bring(source, owner=request.user)
        except Refusal as problem:
            messages.error(request, f"{source.name}: {problem.detail}")
            continue
        _say_brought(request, brought)
    return redirect("wallet:wallet")


@signed_in
@require_safe
def item(request: PersonRequest, item: str) -> HttpResponse:
    """A credential from elsewhere, with what was checked of it and when."""
    found = importing.own_item(item, request.user)
    context = {
        "item": found,
        "holding": held.of_item(found),
        "skills": held.skills_of_item(found),
    }
    return render(request, "wallet/item.html", context)


@signed_in
@require_POST
def check_item(request: PersonRequest, item: str) -> HttpResponse:
    """Check it again now."""
    spend("import", caller(request), amount=1, a_minute=IMPORTS_A_MINUTE)
    importing.check_again(item, owner=request.user)
    messages.success(request, _("Checked again."))
    return redirect("wallet:item", item)


@signed_in
@require_safe
def original(request: PersonRequest, item: str) -> HttpResponse:
    """The bytes as they were brought."""
    found = importing.own_item(item, request.user)
    response = HttpResponse(bytes(found.original), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="credential-{found.public_id}"'
    response["Cache-Control"] = "private, no-store"
    return response


@signed_in
@require_POST
def remove_item(request: PersonRequest, item: str) -> HttpResponse:
    """Delete what was brought."""
    importing.remove(item, owner=request.user)
    messages.success(request, _("Removed from your wallet."))
    return redirect("wallet:wallet")


@signed_in
@require_POST
def visibility(request: PersonRequest, award: str) -> HttpResponse:
    """Who may see the page of an award."""
    if not Award.objects.filter(public_id=award, holder=request.user).exists():
        raise Http404
    chosen = request.POST.get("visibility", "")
    if chosen not in Award.Visibility.values:
        raise Refusal(UNFIT, _("Choose who may see it."))
    claims.set_visibility(award, Award.Visibility(chosen), person=request.user)
    messages.success(request, _("Changed: %(who)s.") % {"who": Award.Visibility(chosen).label})
    return redirect("wallet:wallet")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def shares(request: PersonRequest) -> HttpResponse:
    """One's shares; a new one of what was chosen in the wallet."""
    keys = _chosen(request)
    form = ShareForm(request.POST if "title" in request.POST else None)
    if request.method == "POST" and form.is_valid():
        made = showing.share(keys, owner=request.user, **form.cleaned_data)
        messages.success(request, _("Your link is ready."))
        return redirect("wallet:share", made.public_id)
    chosen = [each for each in held.holdings(request.user) if each.key in set(keys)]
    context = {"form": form, "chosen": chosen, "shares": showing.own_shares(request.user)}
    return render(request, "wallet/shares.html", context)


@signed_in
@require_safe
def share(request: PersonRequest, share: str) -> HttpResponse:
    """One of one's shares: its link, what it shows, how often it was looked at."""
    found = showing.own_share(share, request.user)
    entries = found.entries.select_related("award__version__programme__organisation", "item")
    context = {
        "share": found,
        "holdings": held.of_entries(entries),
        "views": found.views.order_by("-day")[:60],
    }
    return render(request, "wallet/share.html", context)


@signed_in
@require_POST
def end_share(request: PersonRequest, share: str) -> HttpResponse:
    """End a share."""
    showing.end_share(share, owner=request.user)
    messages.success(request, _("Ended: the link shows nothing any more."))
    return redirect("wallet:shares")


@signed_in
@require_POST
def collect(request: PersonRequest) -> HttpResponse:
    """Put what was chosen into a collection."""
    name = request.POST.get("name", "").strip()[:80]
    if not name:
        raise Refusal(UNFIT, _("Give the collection a name."))
    collection = showing.collect(_chosen(request), name=name, owner=request.user)
    messages.success(request, _("Put into “%(name)s”.") % {"name": collection.name})
    return redirect("wallet:wallet")


@signed_in
@require_POST
def remove_collection(request: PersonRequest, collection: str) -> HttpResponse:
    """Forget a collection."""
    showing.remove_collection(collection, owner=request.user)
    messages.success(request, _("The collection is gone; what was in it is still here."))
    return redirect("wallet:wallet")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: PersonRequest) -> HttpResponse:
    """Write one's public page."""
    kept = Profile.objects.filter(owner=request.user).first()
    form = ProfileForm(request.POST or None, initial=_profile_of(kept))
    if request.method == "POST" and form.is_valid():
        try:
            saved = showing.save_profile(owner=request.user, **form.cleaned_data)
        except Refusal as problem:
            form.add_error("handle", str(problem.detail))
        else:
            messages.success(request, _("Saved."))
            return redirect("wallet:profile" if saved.published_at is None else saved.path)
    return render(request, "wallet/profile_form.html", {"form": form, "profile": kept})


@signed_in
@require_safe
def resume(request: PersonRequest) -> HttpResponse:
    """A resume to print, with the address of the proof beside each line."""
    found = [each for each in held.holdings(request.user) if each.state != held.State.WITHDRAWN]
    context = {
        "lines": [(each, proof_url(each)) for each in found],
        "profile": Profile.objects.filter(owner=request.user).first(),
        "skills": json_resume(request.user, found)["skills"],
    }
    return render(request, "wallet/resume.html", context)


@signed_in
@require_safe
def resume_json(request: PersonRequest) -> HttpResponse:
    """The same as JSON Resume."""
    told = json_resume(request.user, held.holdings(request.user))
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="resume.json"'
    return response


# --- What others see ------------------------------------------------------------------------


@by_secret
@never_cache
@require_safe
def shared(request: HttpRequest, share: str) -> HttpResponse:
    """What somebody lets whoever has the link see. Looks are counted, never who looked."""
    person = request.user if isinstance(request.user, User) else None
    found = showing.opened(share, looked_at_by=person)
    entries = found.entries.select_related("award__version__programme__organisation", "item")
    context = {"share": found, "holdings": held.of_entries(entries)}
    return render(request, "wallet/shared.html", context)


@open_to_all
@require_safe
def public_profile(request: HttpRequest, handle: str) -> HttpResponse:
    """Somebody's public page: their name and the awards they made public."""
    found = showing.published_profile(handle)
    public = [
        each for each in held.holdings(found.owner) if each.visibility == Award.Visibility.PUBLIC
    ]
    return render(request, "wallet/public.html", {"profile": found, "holdings": public})


def _chosen(request: PersonRequest) -> list[str]:
    """The keys of what was chosen: one by one, or every one that fits the filters."""
    given = request.POST if request.method == "POST" else request.GET
    if "every" not in given:
        return given.getlist("key")
    fitting = held.Question.read(given).fitting(held.holdings(request.user), request.user)
    return [each.key for each in fitting]


def _counted(found: list[held.Holding]) -> list[tuple[held.State, int]]:
    numbers = [(state, sum(each.state is state for each in found)) for state in held.State]
    return [(state, number) for state, number in numbers if number]


def _needs(found: list[held.Holding]) -> dict[str, list[held.Holding]]:
    """What asks for something to be done: unproven holders, and what ends soon."""
    return {
        "prove": [each for each in found if not each.is_proven],
        "renew": [each for each in found if each.state is held.State.ENDS_SOON],
    }


def _say_brought(request: HttpRequest, brought: importing.Imported) -> None:
    title = brought.item.title or brought.item.name
    if not brought.is_new:
        day = brought.item.added_at.date().isoformat()
        told = _("%(title)s: you brought this very file on %(day)s.")
        messages.warning(request, told % {"title": title, "day": day})
    elif brought.known:
        day = brought.known[0].added_at.date().isoformat()
        told = _("%(title)s: another copy is here since %(day)s. Both were kept.")
        messages.warning(request, told % {"title": title, "day": day})
    else:
        messages.success(request, _("%(title)s is in your wallet.") % {"title": title})


def _profile_of(kept: Profile | None) -> dict[str, object]:
    if kept is None:
        return {}
    return {
        "handle": kept.handle,
        "headline": kept.headline,
        "about": kept.about,
        "is_published": kept.published_at is not None,
    }
