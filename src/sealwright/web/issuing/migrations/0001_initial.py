import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import sealwright.web.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalogue", "0001_initial"),
        ("organisations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=sealwright.web.core.ids.new_id,
                        editable=False,
                        max_length=22,
                        unique=True,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("form", "One by one"),
                            ("csv", "From a table"),
                            ("api", "By a program"),
                            ("assessment", "After an assessment"),
                            ("correction", "As a correction"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("taking-in", "Being taken in"),
                            ("ready", "Waiting"),
                            ("running", "Being issued"),
                            ("paused", "Paused"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="ready",
                        max_length=12,
                    ),
                ),
                ("made_by", models.CharField(max_length=60)),
                ("made_by_name", models.CharField(blank=True, max_length=120)),
                ("why", models.CharField(blank=True, max_length=300)),
                ("key", models.CharField(blank=True, max_length=80)),
                ("options", models.JSONField(default=dict)),
                ("total", models.PositiveIntegerField(default=0)),
                ("issued", models.PositiveIntegerField(default=0)),
                ("refused", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("trouble", models.CharField(blank=True, max_length=300)),
                ("stumbles", models.PositiveSmallIntegerField(default=0)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="catalogue.version",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Award",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=sealwright.web.core.ids.new_id,
                        editable=False,
                        max_length=22,
                        unique=True,
                    ),
                ),
                ("recipient_key", models.CharField(max_length=64)),
                ("period", models.CharField(blank=True, max_length=40)),
                ("revision", models.PositiveSmallIntegerField(default=0)),
                ("awarded_at", models.DateTimeField()),
                ("valid_until", models.DateTimeField(blank=True, null=True)),
                (
                    "holder_proof",
                    models.CharField(
                        choices=[
                            ("none", "Holder not proven"),
                            ("address", "Holder proved an address"),
                            ("key", "Holder proved a key"),
                        ],
                        default="none",
                        max_length=8,
                    ),
                ),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("link", "Whoever has the link"),
                            ("public", "Everybody, search engines included"),
                            ("private", "Only the holder"),
                        ],
                        default="link",
                        max_length=8,
                    ),
                ),
                ("claim_hash", models.CharField(blank=True, db_index=True, max_length=64)),
                ("claim_round", models.PositiveSmallIntegerField(default=0)),
                ("claim_until", models.DateTimeField(blank=True, null=True)),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("reminders", models.PositiveSmallIntegerField(default=0)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "revocation_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("issued-in-error", "Issued in error"),
                            ("holder-wish", "Withdrawn at the wish of the holder"),
                            ("misconduct", "Misconduct in the assessment"),
                            ("programme-withdrawn", "The programme was withdrawn"),
                            ("superseded", "Replaced by a corrected award"),
                            ("key-compromised", "Signed with a key that fell into other hands"),
                            ("never-claimed", "Never claimed"),
                            ("other", "Another reason"),
                        ],
                        max_length=40,
                    ),
                ),
                ("revocation_note", models.CharField(blank=True, max_length=300)),
                ("reason_is_public", models.BooleanField(default=False)),
                ("suspended_at", models.DateTimeField(blank=True, null=True)),
                ("suspension_note", models.CharField(blank=True, max_length=300)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                (
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="awards",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards",
                        to="catalogue.programme",
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supersedes",
                        to="issuing.award",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards",
                        to="catalogue.version",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards",
                        to="issuing.batch",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IdempotencyKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                ("request_hash", models.CharField(max_length=64)),
                ("answer", models.CharField(blank=True, max_length=22)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="organisations.organisation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IssuerRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("onedtech_list", models.CharField(max_length=22, unique=True)),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
                ("stop_reason", models.CharField(blank=True, max_length=300)),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issuer_record",
                        to="organisations.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.CharField(blank=True, db_index=True, max_length=254)),
                ("name", models.CharField(blank=True, max_length=200)),
                (
                    "award",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recipient",
                        to="issuing.award",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=sealwright.web.core.ids.new_id,
                        editable=False,
                        max_length=22,
                        unique=True,
                    ),
                ),
                ("owner", models.CharField(max_length=60)),
                ("owner_name", models.CharField(blank=True, max_length=120)),
                ("file_name", models.CharField(blank=True, max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("columns", models.JSONField(default=list)),
                ("mapping", models.JSONField(default=dict)),
                ("matched_at", models.DateTimeField(blank=True, null=True)),
                ("period", models.CharField(blank=True, max_length=40)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("send_mail", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                (
                    "batch",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sheet",
                        to="issuing.batch",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sheets",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.version",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SheetRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("cells", models.JSONField(default=dict)),
                ("form", models.JSONField(default=list)),
                ("faults", models.JSONField(default=list)),
                ("key", models.CharField(blank=True, max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ready", "Ready"),
                            ("faulty", "To be put right"),
                            ("holds", "Holds it already"),
                            ("left-out", "Left out"),
                        ],
                        default="ready",
                        max_length=8,
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="issuing.sheet",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                (
                    "purpose",
                    models.CharField(
                        choices=[("assertion", "Assertion"), ("status", "Status"), ("log", "Log")],
                        max_length=12,
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Published, not in use yet"),
                            ("active", "In use"),
                            ("retired", "Retired, still published"),
                            ("compromised", "Compromised"),
                        ],
                        default="pending",
                        max_length=12,
                    ),
                ),
                ("public_multikey", models.CharField(max_length=120, unique=True)),
                ("wrapped_private", models.BinaryField()),
                ("wrapped_by", models.CharField(max_length=40)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("activated_at", models.DateTimeField(blank=True, null=True)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                ("compromised_since", models.DateTimeField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signing_keys",
                        to="organisations.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StandingOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=sealwright.web.core.ids.new_id,
                        editable=False,
                        max_length=22,
                        unique=True,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("revoke", "Revoke"),
                            ("suspend", "Suspend"),
                            ("reinstate", "Put back in force"),
                            ("cancel", "Take back before it is claimed"),
                            ("sign-again", "Sign again with another key"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "Being carried out"), ("done", "Done")],
                        default="running",
                        max_length=8,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("issued-in-error", "Issued in error"),
                            ("holder-wish", "Withdrawn at the wish of the holder"),
                            ("misconduct", "Misconduct in the assessment"),
                            ("programme-withdrawn", "The programme was withdrawn"),
                            ("superseded", "Replaced by a corrected award"),
                            ("key-compromised", "Signed with a key that fell into other hands"),
                            ("never-claimed", "Never claimed"),
                            ("other", "Another reason"),
                        ],
                        max_length=40,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("is_public", models.BooleanField(default=False)),
                ("made_by", models.CharField(max_length=60)),
                ("made_by_name", models.CharField(blank=True, max_length=120)),
                ("total", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("passed_over", models.PositiveIntegerField(default=0)),
                ("after", models.PositiveBigIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="issuing.batch",
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="issuing.signingkey",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="organisations.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PickedAward",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="issuing.award",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="picked",
                        to="issuing.standingorder",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StatusBlock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("seed", models.BinaryField(max_length=32)),
                ("size", models.PositiveIntegerField()),
                ("used", models.PositiveIntegerField(default=0)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="status_blocks",
                        to="organisations.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Intent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("issued", "Issued"),
                            ("refused", "Refused"),
                            ("dropped", "Dropped"),
                        ],
                        default="pending",
                        max_length=8,
                    ),
                ),
                ("award_id", models.CharField(max_length=22, unique=True)),
                ("subject", models.UUIDField(unique=True)),
                ("salt", models.CharField(max_length=22)),
                ("recipient_key", models.CharField(max_length=64)),
                ("period", models.CharField(blank=True, max_length=40)),
                ("revision", models.PositiveSmallIntegerField(default=0)),
                ("address", models.CharField(blank=True, max_length=254)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("values", models.JSONField(default=dict)),
                ("index", models.PositiveIntegerField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("refusal", models.CharField(blank=True, max_length=40)),
                ("refusal_detail", models.CharField(blank=True, max_length=300)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="intents",
                        to="issuing.batch",
                    ),
                ),
                (
                    "block",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="issuing.statusblock"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Credential",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("di", "JSON with a Data Integrity proof"),
                            ("jwt", "Signed token (VC-JWT)"),
                        ],
                        default="di",
                        max_length=4,
                    ),
                ),
                ("document", models.BinaryField(blank=True, null=True)),
                ("sha256", models.CharField(max_length=64)),
                ("bound_to", models.CharField(blank=True, max_length=300)),
                ("index", models.PositiveIntegerField()),
                ("signed_at", models.DateTimeField()),
                ("salt", models.BinaryField(max_length=16)),
                ("log_year", models.PositiveIntegerField()),
                ("log_index", models.PositiveBigIntegerField()),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credentials",
                        to="issuing.award",
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="issuing.signingkey"
                    ),
                ),
                (
                    "block",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="issuing.statusblock"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StatusFact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("index", models.PositiveIntegerField()),
                (
                    "purpose",
                    models.CharField(
                        choices=[("revocation", "Revocation"), ("suspension", "Suspension")],
                        max_length=12,
                    ),
                ),
                ("value", models.BooleanField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "block",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facts",
                        to="issuing.statusblock",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StatusList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=sealwright.web.core.ids.new_id,
                        editable=False,
                        max_length=22,
                        unique=True,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[("revocation", "Revocation"), ("suspension", "Suspension")],
                        max_length=12,
                    ),
                ),
                ("document", models.BinaryField(blank=True, null=True)),
                ("etag", models.CharField(blank=True, max_length=64)),
                ("built_at", models.DateTimeField(blank=True, null=True)),
                ("built_from", models.PositiveBigIntegerField(default=0)),
                (
                    "block",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lists",
                        to="issuing.statusblock",
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="issuing.signingkey",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="batch",
            index=models.Index(fields=["state", "lease_until"], name="batches_to_carry_out"),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("key", ""), _negated=True),
                fields=("organisation", "key"),
                name="a_request_makes_one_batch",
            ),
        ),
        migrations.AddIndex(
            model_name="award",
            index=models.Index(fields=["organisation", "-awarded_at", "-id"], name="awards_by_age"),
        ),
        migrations.AddIndex(
            model_name="award",
            index=models.Index(fields=["organisation", "programme"], name="awards_of_a_programme"),
        ),
        migrations.AddIndex(
            model_name="award",
            index=models.Index(fields=["claim_until"], name="awards_to_be_claimed"),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.UniqueConstraint(
                fields=("organisation", "programme", "recipient_key", "period", "revision"),
                name="one_award_per_person_and_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("revoked_at__isnull", True),
                    models.Q(("revocation_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_revocation_has_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="idempotencykey",
            index=models.Index(fields=["created_at"], name="idempotency_keys_by_age"),
        ),
        migrations.AddConstraint(
            model_name="idempotencykey",
            constraint=models.UniqueConstraint(
                fields=("organisation", "key"), name="one_answer_per_idempotency_key"
            ),
        ),
        migrations.AddIndex(
            model_name="sheet",
            index=models.Index(fields=["organisation", "sha256"], name="sheets_by_file"),
        ),
        migrations.AddIndex(
            model_name="sheet",
            index=models.Index(fields=["expires_at"], name="sheets_by_end"),
        ),
        migrations.AddIndex(
            model_name="sheetrow",
            index=models.Index(fields=["sheet", "state", "number"], name="rows_by_state"),
        ),
        migrations.AddIndex(
            model_name="sheetrow",
            index=models.Index(fields=["key"], name="rows_by_person"),
        ),
        migrations.AddConstraint(
            model_name="sheetrow",
            constraint=models.UniqueConstraint(
                fields=("sheet", "number"), name="one_row_per_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="signingkey",
            constraint=models.UniqueConstraint(
                fields=("organisation", "name"), name="a_key_name_is_used_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="signingkey",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "active")),
                fields=("organisation", "purpose"),
                name="one_key_in_use_per_purpose",
            ),
        ),
        migrations.AddConstraint(
            model_name="signingkey",
            constraint=models.UniqueConstraint(
                condition=models.Q(("organisation", None)),
                fields=("name",),
                name="a_key_of_the_log_is_named_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="signingkey",
            constraint=models.UniqueConstraint(
                condition=models.Q(("organisation", None), ("state", "active")),
                fields=("purpose",),
                name="one_key_of_the_log_in_use",
            ),
        ),
        migrations.AddIndex(
            model_name="standingorder",
            index=models.Index(fields=["state", "created_at"], name="orders_to_carry_out"),
        ),
        migrations.AddConstraint(
            model_name="pickedaward",
            constraint=models.UniqueConstraint(
                fields=("order", "award"), name="an_award_is_picked_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="statusblock",
            constraint=models.UniqueConstraint(
                fields=("organisation", "number"), name="one_status_block_per_number"
            ),
        ),
        migrations.AddIndex(
            model_name="intent",
            index=models.Index(fields=["batch", "state", "number"], name="intents_to_do"),
        ),
        migrations.AddConstraint(
            model_name="intent",
            constraint=models.UniqueConstraint(
                fields=("batch", "number"), name="one_intent_per_row"
            ),
        ),
        migrations.AddConstraint(
            model_name="intent",
            constraint=models.UniqueConstraint(
                fields=("block", "index"), name="a_place_is_intended_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="credential",
            constraint=models.UniqueConstraint(
                fields=("block", "index"), name="a_place_is_used_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="credential",
            constraint=models.UniqueConstraint(
                fields=("log_year", "log_index"), name="one_credential_per_leaf"
            ),
        ),
        migrations.AddIndex(
            model_name="statusfact",
            index=models.Index(fields=["block", "purpose", "id"], name="facts_of_a_list"),
        ),
        migrations.AddConstraint(
            model_name="statuslist",
            constraint=models.UniqueConstraint(
                fields=("block", "purpose"), name="one_list_per_purpose"
            ),
        ),
    ]
