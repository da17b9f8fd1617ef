"""Adding an address, and joining the account that it may belong to."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sealwright.web.accounts import joining, selectors, services
from sealwright.web.accounts.adapter import RECOVERED_AT
from sealwright.web.accounts.doors import PersonRequest, lately, lately_or_recovered
from sealwright.web.accounts.forms import AddressForm, AuthenticateForm, CodeForm
from sealwright.web.accounts.limits import within
from sealwright.web.accounts.models import AddressProof, User
from sealwright.web.accounts.services import Outcome
from sealwright.web.core.access import signed_in
from sealwright.web.core.refusals import Refusal

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@signed_in
@GET_OR_POST
@never_cache
@lately_or_recovered
def add(request: PersonRequest) -> HttpResponse:
    """Name an address. What follows is the same whoever it belongs to."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        within(request, "prove_address", key=email)
        try:
            services.start_proof(request.user, email=email)
        except Refusal as refusal:
            form.add_error("email", str(refusal.detail))
        else:
            return redirect("accounts:prove-address")
    recovered = RECOVERED_AT in request.session
    context = {"form": form, "recovered": recovered, "joins": "join" in request.GET}
    return _page(request, "accounts/add_address.html", context, form)


@signed_in
@GET_OR_POST
@never_cache
@lately_or_recovered
def prove(request: PersonRequest) -> HttpResponse:
    """Enter the code that went to the address."""
    proof = _running(request.user)
    if proof is None:
        messages.warning(request, _("No code is waiting. Name the address again."))
        return redirect("accounts:add-address")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        within(request, "enter_code", key=request.user.public_id)
        outcome = services.enter_code(request.user, code=form.cleaned_data["code"])
        if outcome is Outcome.ADDED:
            request.session.pop(RECOVERED_AT, None)
            messages.success(request, _("%(address)s is yours now.") % {"address": proof.email})
            return redirect("accounts:account")
        if outcome is Outcome.ELSEWHERE:
            return redirect("accounts:join")
        if outcome is Outcome.OVER:
            messages.error(request, _("That code is over. Name the address again for a new one."))
            return redirect("accounts:add-address")
        form.add_error("code", _("That is not the code. Please compare it once more."))
    return _page(request, "accounts/prove_address.html", {"form": form, "proof": proof}, form)


@signed_in
@require_POST
@lately
def make_main(request: PersonRequest) -> HttpResponse:
    services.make_main(request.user, address_id=_number(request))
    messages.success(request, _("Our mails go there from now on."))
    return redirect("accounts:account")


@signed_in
@require_POST
@lately
def remove(request: PersonRequest) -> HttpResponse:
    try:
        address = services.remove_address(request.user, address_id=_number(request))
    except Refusal as refusal:
        messages.error(request, str(refusal.detail))
    else:
        said = _("%(address)s is not yours any more. What you claimed with it stays with you.")
        messages.success(request, said % {"address": address.email})
    return redirect("accounts:account")


@signed_in
@GET_OR_POST
@never_cache
@lately_or_recovered
def join(request: PersonRequest) -> HttpResponse:
    """The address has an account of its own: show what would move, and move it."""
    proof = _running(request.user)
    other = joining.account_behind(proof) if proof and proof.proven_at else None
    if proof is None or other is None:
        messages.warning(request, _("There is nothing to join. Name the address of that account."))
        return redirect("accounts:add-address")
    if proof.cleared_at is None:
        if selectors.has_second_factor(other):
            return _second_factor(request, proof, other)
        services.clear_proof(proof)
    if request.method == "POST" and "join" in request.POST:
        joining.join(proof_id=proof.public_id, stays=request.user)
        request.session.pop(RECOVERED_AT, None)
        messages.success(request, _("The two accounts are one now."))
        return redirect("accounts:account")
    context = {"proof": proof, "other": other, "lines": joining.what_moves(other)}
    return render(request, "accounts/join.html", context)


def _second_factor(request: PersonRequest, proof: AddressProof, other: User) -> HttpResponse:
    """Whoever reads a mailbox is not yet who holds the passkey of that account."""
    has_code_factor = is_mfa_enabled(other, [Authenticator.Type.TOTP])
    code_form = AuthenticateForm(_sent(request, "code"), user=other)
    passkey_form = AuthenticateWebAuthnForm(_sent(request, "credential"), user=other)
    for form in (code_form, passkey_form):
        if form.is_bound and form.is_valid():
            services.clear_proof(proof)
            return redirect("accounts:join")
    context: dict[str, Any] = {
        "proof": proof,
        "code_form": code_form,
        "passkey_form": passkey_form,
        "has_app": has_code_factor,
    }
    if is_mfa_enabled(other, [Authenticator.Type.WEBAUTHN]):
        context["js_data"] = {"request_options": begin_authentication(other)}
    return render(request, "accounts/join_factor.html", context)


def _sent(request: PersonRequest, name: str) -> Any:
    return request.POST if name in request.POST else None


def _running(person: User) -> AddressProof | None:
    return AddressProof.objects.filter(person=person, expires_at__gt=timezone.now()).first()


def _number(request: PersonRequest) -> int:
    sent = request.POST.get("address", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 19 else 0


def _page(request: PersonRequest, name: str, context: dict[str, Any], form: Form) -> HttpResponse:
    return render(request, name, context, status=422 if form.is_bound and form.errors else 200)
