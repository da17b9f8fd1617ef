"""The app `issuing`."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig


class IssuingConfig(AppConfig):
    name = "sealwright.web.issuing"
    label = "issuing"

    def ready(self) -> None:
        """Have the worker do what issuing leaves to it, and checks find what is ours."""
        from sealwright.web.catalogue.facts import register_counter
        from sealwright.web.issuing.selectors import made

        register_counter("awards", made)
        self._carry_out_batches()
        self._look_after_standing()
        self._look_after_keys()
        self._look_after_holders()

    def _carry_out_batches(self) -> None:
        from sealwright.web.core.worker import Duty, register
        from sealwright.web.issuing.services import idempotency, sheets
        from sealwright.web.issuing.services.batches import carry_out_next, sweep

        register(Duty("batches", carry_out_next, every=timedelta(seconds=1)))
        register(Duty("batches cut off", sweep, every=timedelta(minutes=10)))
        register(Duty("tables being issued", sheets.take_in_next, every=timedelta(seconds=2)))
        register(Duty("old tables", sheets.forget, every=timedelta(hours=1)))
        register(Duty("old idempotency keys", idempotency.forget, every=timedelta(hours=1)))

    def _look_after_standing(self) -> None:
        """Have orders carried out, lists published, and corrections take the place of awards."""
        from sealwright.web.core.events import listen
        from sealwright.web.core.worker import Duty, register
        from sealwright.web.issuing.events import AwardIssued
        from sealwright.web.issuing.models import StandingOrder
        from sealwright.web.issuing.services import compromise, orders, standing
        from sealwright.web.issuing.services.status import rebuild_stale

        register(Duty("lists", rebuild_stale, every=timedelta(seconds=10)))
        register(Duty("standing", orders.carry_out_next, every=timedelta(seconds=2)))
        orders.register(StandingOrder.Kind.REVOKE, standing.revoke)
        orders.register(StandingOrder.Kind.SUSPEND, standing.suspend)
        orders.register(StandingOrder.Kind.REINSTATE, standing.reinstate)
        orders.register(StandingOrder.Kind.CANCEL, standing.cancel)
        orders.register(StandingOrder.Kind.SIGN_AGAIN, compromise.sign_again)
        orders.register_selection(compromise.awards_of_key)
        listen(AwardIssued, standing.supersede_corrected)

    def _look_after_keys(self) -> None:
        """Have keys taken into use, the log signed, and checks made here find both."""
        from sealwright.web.core.worker import Duty, register
        from sealwright.web.issuing.services.log import LogKeys, logged
        from sealwright.web.issuing.services.own import own_document
        from sealwright.web.issuing.services.rotation import activate_due
        from sealwright.web.transparency.services import keys
        from sealwright.web.verifying.web import register_evidence, register_own

        register(Duty("keys", activate_due, every=timedelta(minutes=1)))
        keys.register(LogKeys())
        register_own(own_document)
        register_evidence(logged)

    def _look_after_holders(self) -> None:
        """Have offers reminded of and taken back, and what is people's follow them."""
        from django.contrib.auth.signals import user_logged_in

        from sealwright.web.accounts import joining, leaving
        from sealwright.web.accounts.events import AddressProven
        from sealwright.web.core.events import listen
        from sealwright.web.core.worker import Duty, register
        from sealwright.web.issuing.reactions import on_address_proven, on_signed_in
        from sealwright.web.issuing.services import personal, reminders

        register(Duty("reminders", reminders.remind_due, every=timedelta(minutes=5)))
        register(Duty("offers run out", reminders.expire_due, every=timedelta(minutes=5)))
        listen(AddressProven, on_address_proven)
        user_logged_in.connect(on_signed_in, dispatch_uid="issuing.signed-in")
        joining.register(personal.move_awards, tells=personal.tell_awards)
        leaving.register_export("awards", personal.export_awards)
        leaving.register_export("tables", personal.export_rows)
        leaving.register_erasure(personal.erase_awards)
