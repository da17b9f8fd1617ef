"""The addresses of `issuing`."""

from __future__ import annotations

from django.urls import URLPattern, path

from sealwright.web.issuing.views import awards, console, keys, log, sheets, status

app_name = "issuing"

urlpatterns: list[URLPattern] = [
    path("status/<slug:listed>", status.status_list, name="status-list"),
    path("c/<slug:award>/log.json", log.log_proof, name="log-proof"),
    path("providers/<slug:slug>/did.json", status.did_document, name="did"),
    path("o/<slug:slug>", console.overview, name="overview"),
    path("o/<slug:slug>/issue", console.batches, name="batches"),
    path("o/<slug:slug>/programmes/<programme>/issue", console.issue, name="issue"),
    path("o/<slug:slug>/issue/<programme>/table", sheets.bring, name="sheet-new"),
    path("o/<slug:slug>/issue/<programme>/template.csv", sheets.template, name="sheet-template"),
    path("o/<slug:slug>/issue/tables/<sheet>/columns", sheets.columns, name="sheet-columns"),
    path("o/<slug:slug>/issue/tables/<sheet>/check", sheets.check, name="sheet-check"),
    path("o/<slug:slug>/issue/tables/<sheet>/rows/<int:row>", sheets.row, name="sheet-row"),
    path("o/<slug:slug>/issue/tables/<sheet>/to-fix.csv", sheets.problems, name="sheet-problems"),
    path("o/<slug:slug>/issue/tables/<sheet>/look", sheets.look, name="sheet-look"),
    path("o/<slug:slug>/issue/tables/<sheet>/issue", sheets.issue, name="sheet-issue"),
    path("o/<slug:slug>/issue/tables/<sheet>/discard", sheets.discard, name="sheet-discard"),
    path("o/<slug:slug>/batches/<batch>", console.batch, name="batch"),
    path("o/<slug:slug>/batches/<batch>/receipt.csv", sheets.receipt, name="receipt"),
    path("o/<slug:slug>/batches/<batch>/refused.csv", console.refused_rows, name="refused-rows"),
    *(
        path(
            f"o/<slug:slug>/batches/<batch>/{change}",
            console.change_batch,
            {"change": change},
            name=f"{change}-batch",
        )
        for change in console.CHANGES
    ),
    path("o/<slug:slug>/awards", awards.awards, name="awards"),
    path("o/<slug:slug>/awards.csv", awards.table, name="awards-table"),
    path("o/<slug:slug>/awards/remind", awards.send_reminders, name="remind"),
    *(
        path(f"o/<slug:slug>/awards/{kind}", awards.change, {"kind": kind}, name=kind)
        for kind in awards.KINDS
    ),
    *(
        path(
            f"o/<slug:slug>/batches/<batch>/{kind}-all",
            awards.change_whole_batch,
            {"kind": kind},
            name=f"{kind}-batch-awards",
        )
        for kind in awards.KINDS
    ),
    path("o/<slug:slug>/orders/<order>", awards.order, name="order"),
    path("o/<slug:slug>/keys", keys.keys, name="keys"),
    path("o/<slug:slug>/keys/new", keys.rotate, name="rotate-key"),
    path("o/<slug:slug>/keys/stop", keys.stop, name="stop-signing"),
    path("o/<slug:slug>/keys/go", keys.go, name="resume-signing"),
    path("o/<slug:slug>/keys/<slug:name>/retire", keys.retire, name="retire-key"),
    path("o/<slug:slug>/keys/<slug:name>/stolen", keys.stolen, name="stolen-key"),
    path("o/<slug:slug>/awards/<award>", awards.award, name="award"),
    path("o/<slug:slug>/awards/<award>/address", awards.readdress, name="readdress"),
    path("o/<slug:slug>/awards/<award>/correct", awards.correct, name="correct"),
]
