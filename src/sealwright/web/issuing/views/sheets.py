"""A table of people becomes a batch in five steps: bring it, match, check, look, issue."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sealwright.web.catalogue.models import Programme
from sealwright.web.catalogue.selectors import telling_of
from sealwright.web.core.refusals import Refusal
from sealwright.web.core.spreadsheets import csv_file
from sealwright.web.issuing import desk, tables
from sealwright.web.issuing.forms import BringForm, IssueForm, MatchForm, NoteForm
from sealwright.web.issuing.models import Sheet, SheetRow
from sealwright.web.issuing.services import sheets
from sealwright.web.issuing.services.looking import look_at
from sealwright.web.organisations.doors import ActorRequest, of_organisation
from sealwright.web.organisations.permissions import Permission

PER_PAGE = 20
CELL = "cell-"
"""How the name of a field begins that holds the text of a cell; its column follows."""

_SAID = {
    SheetRow.State.READY: gettext_lazy("Row %(row)d is ready."),
    SheetRow.State.FAULTY: gettext_lazy("Row %(row)d is not right yet."),
    SheetRow.State.HOLDS: gettext_lazy("Row %(row)d: this person holds it already."),
    SheetRow.State.LEFT_OUT: gettext_lazy("Row %(row)d is left out."),
}
"""How a row stands after somebody worked on it."""

StepView = Callable[..., HttpResponseBase]


def step(*, matched: bool = True) -> Callable[[StepView], Callable[..., HttpResponseBase]]:
    """Give the view the table itself; lead to where it is where this step is not its turn."""

    def around(view: StepView) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def found(request: ActorRequest, sheet: str, **more: Any) -> HttpResponseBase:
            table = sheets.sheet_of(sheet, actor=request.actor)
            if table.batch is not None:
                return redirect(
                    "issuing:batch", request.actor.organisation.slug, table.batch.public_id
                )
            if matched and table.matched_at is None:
                return _to(request, "columns", table)
            return view(request, table, **more)

        return found

    return around


# --- 1. Bring it ----------------------------------------------------------------------------


@of_organisation(Permission.AWARD_ISSUE)
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: ActorRequest, programme: str) -> HttpResponse:
    """Upload a table for a programme, or paste one."""
    found = Programme.objects.visible_to(request.actor).named(programme)
    request.actor.require(Permission.AWARD_ISSUE, unit_id=found.unit_id)
    if found.current is None:
        messages.warning(request, _("Publish the programme first: only versions are awarded."))
        return redirect("issuing:batches", request.actor.organisation.slug)
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data, name = form.table()
        try:
            sheet = sheets.bring_sheet(found.current, data, file_name=name, actor=request.actor)
        except Refusal as problem:  # told beside the form, so that nothing pasted is lost
            form.add_error(None, str(problem.detail))
        else:
            return _to(request, "check" if sheet.matched_at else "columns", sheet)
    context = {
        "programme": found,
        "version": found.current,
        "form": form,
        "wanted": tables.wanted_columns(found.current.content),
        "most": sheets.LARGEST,
    }
    return render(request, "issuing/sheet_new.html", context)


@of_organisation(Permission.AWARD_ISSUE)
@require_safe
def template(request: ActorRequest, programme: str) -> HttpResponseBase:
    """An empty table with the headings that suit a programme."""
    found = Programme.objects.visible_to(request.actor).named(programme)
    columns = tables.wanted_columns((found.current or found).content)
    return csv_file(f"table-{found.public_id}.csv", [column.label for column in columns], [])


# --- 2. Match columns -----------------------------------------------------------------------


@of_organisation(Permission.AWARD_ISSUE)
@require_http_methods(["GET", "HEAD", "POST"])
@step(matched=False)
def columns(request: ActorRequest, sheet: Sheet) -> HttpResponse:
    """Say which column holds what."""
    form = MatchForm(request.POST or None, sheet=sheet, columns=sheets.sheet_columns(sheet))
    if request.method == "POST" and form.is_valid():
        try:
            sheets.match_columns(
                sheet.public_id,
                form.mapping(),
                period=form.cleaned_data["period"],
                actor=request.actor,
            )
        except Refusal as problem:
            form.add_error(None, str(problem.detail))
        else:
            return _to(request, "check", sheet)
    context = {
        "sheet": sheet,
        "form": form,
        "number": sheet.rows.count(),
        "before": sheets.issued_before(sheet),
        "needed": [c for c in tables.wanted_columns(sheet.version.content) if c.is_needed],
    }
    return render(request, "issuing/sheet_columns.html", context)


# --- 3. Check -------------------------------------------------------------------------------


@of_organisation(Permission.AWARD_ISSUE)
@require_safe
@step()
def check(request: ActorRequest, sheet: Sheet) -> HttpResponse:
    """How many rows are ready, and each of the others, to be put right in its place."""
    kind = request.GET.get("show", "")
    kind = kind if kind in tables.KINDS else SheetRow.State.FAULTY
    page = Paginator(tables.rows_of(sheet, kind), PER_PAGE).get_page(request.GET.get("page"))
    rows = tables.shown(sheet, page.object_list)
    summary = sheets.summary_of(sheet)
    context = {
        "sheet": sheet,
        "summary": summary,
        "bar": tables.bar(summary),
        "kind": kind,
        "page": page,
        "rows": rows,
        "at": _next_row(request, rows),
        "out": request.GET.get("out", "") if request.GET.get("out", "").isdecimal() else "",
        "before": sheets.issued_before(sheet),
    }
    return render(request, "issuing/sheet_check.html", context)


@of_organisation(Permission.AWARD_ISSUE)
@require_POST
@step()
def row(request: ActorRequest, sheet: Sheet, row: int) -> HttpResponse:
    """Write cells of a row, leave it out or take it in again; then back to the others."""
    told, public_id, actor = request.POST, sheet.public_id, request.actor
    match told.get("do", ""):
        case "out":
            changed = sheets.leave_out(public_id, row, actor=actor)
        case "in":
            changed = sheets.leave_out(public_id, row, out=False, actor=actor)
        case "drop":
            changed = sheets.drop_surplus(public_id, row, actor=actor)
        case _:
            texts = {key[len(CELL) :]: told[key] for key in told if key.startswith(CELL)}
            changed = sheets.fix_cells(public_id, row, texts, actor=actor)
    level = messages.WARNING if changed.state == SheetRow.State.FAULTY else messages.SUCCESS
    messages.add_message(request, level, _SAID[SheetRow.State(changed.state)] % {"row": row})
    back = reverse("issuing:sheet-check", args=[actor.organisation.slug, public_id])
    kind, number = told.get("show", ""), told.get("page", "")
    kept = f"&show={kind}" if kind in tables.KINDS else ""
    kept += f"&page={number}" if number.isdecimal() else ""
    kept += f"&out={row}" if changed.state == SheetRow.State.LEFT_OUT else ""
    return redirect(f"{back}?at={row}{kept}")


@of_organisation(Permission.AWARD_ISSUE)
@require_safe
def problems(request: ActorRequest, sheet: str) -> HttpResponseBase:
    """The rows that are not issued, as CSV, each with what is wrong with it."""
    found = sheets.sheet_of(sheet, actor=request.actor)
    head, rows = sheets.problem_rows(found)
    return csv_file(f"to-fix-{found.public_id}.csv", head, rows)


def _next_row(request: ActorRequest, rows: list[tables.ShownRow]) -> int:
    """The row to go on with after one was worked on: itself, or the one below it; else 0."""
    at = request.GET.get("at", "")
    if not at.isdecimal() or not rows:
        return 0
    return next((row.number for row in rows if row.number >= int(at)), rows[-1].number)


# --- 4. Look --------------------------------------------------------------------------------


@of_organisation(Permission.AWARD_ISSUE)
@require_http_methods(["GET", "HEAD", "POST"])
@step()
def look(request: ActorRequest, sheet: Sheet) -> HttpResponse:
    """What one of the people would get: page, credential and mail. Nothing is issued."""
    form = NoteForm(
        request.POST or None, initial={"note": sheet.note, "send_mail": sheet.send_mail}
    )
    if request.method == "POST" and form.is_valid():
        sheets.write_note(sheet.public_id, **form.cleaned_data, actor=request.actor)
        if request.POST.get("do") == "next":
            return _to(request, "issue", sheet)
        return redirect(f"{request.path}?page={request.POST.get('page', '')[:6]}#mail")
    ready = tables.rows_of(sheet, SheetRow.State.READY)
    page = Paginator(ready, 1).get_page(request.GET.get("page"))
    person = sheets.person_in(sheet, page[0]) if page.object_list else None
    context = {
        "sheet": sheet,
        "form": form,
        "page": page,
        "person": person,
        "look": look_at(sheet, person) if person else None,
        "telling": telling_of(sheet.version),
    }
    return render(request, "issuing/sheet_look.html", context)


# --- 5. Issue -------------------------------------------------------------------------------


@of_organisation(Permission.AWARD_ISSUE)
@require_http_methods(["GET", "HEAD", "POST"])
@step()
def issue(request: ActorRequest, sheet: Sheet) -> HttpResponse:
    """Issue the rows that are ready, once. Pressed twice, the same batch comes back."""
    form = IssueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            batch = sheets.issue_sheet(
                sheet.public_id, why=told["why"], expected=told["ready"], actor=request.actor
            )
        except Refusal as problem:
            sheets.check_again(sheet.public_id, actor=request.actor)
            form.add_error(None, str(problem.detail))
        else:
            return redirect("issuing:batch", request.actor.organisation.slug, batch.public_id)
    context = {"sheet": sheet, "form": form, "summary": sheets.summary_of(sheet)}
    return render(request, "issuing/sheet_issue.html", context)


@of_organisation(Permission.AWARD_ISSUE)
@require_http_methods(["GET", "HEAD", "POST"])
@step(matched=False)
def discard(request: ActorRequest, sheet: Sheet) -> HttpResponse:
    """Delete a table that was not issued, after asking."""
    number = sheet.rows.count()
    if request.method == "POST":
        sheets.discard_sheet(sheet.public_id, actor=request.actor)
        said = ngettext(
            "The table with %(number)d row is deleted.",
            "The table with %(number)d rows is deleted.",
            number,
        )
        messages.success(request, said % {"number": number})
        return redirect("issuing:batches", request.actor.organisation.slug)
    return render(request, "issuing/sheet_discard.html", {"sheet": sheet, "number": number})


@of_organisation(Permission.AWARD_READ)
@require_safe
def receipt(request: ActorRequest, batch: str) -> HttpResponseBase:
    """Who was awarded with a batch, as CSV."""
    found = desk.batch_of(request.actor, batch)
    head, rows = sheets.receipt(found)
    return csv_file(f"receipt-{found.public_id}.csv", head, rows)


def _to(request: ActorRequest, name: str, sheet: Sheet) -> HttpResponse:
    return redirect(f"issuing:sheet-{name}", request.actor.organisation.slug, sheet.public_id)
