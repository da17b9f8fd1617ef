import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import sealwright.web.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Programme",
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
                ("draft", models.JSONField(default=dict)),
                ("draft_changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("draft_changed_by", models.CharField(blank=True, max_length=60)),
                ("takes_applications", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programmes",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="organisations.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SkillFramework",
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
                ("address", models.CharField(max_length=1000)),
                ("version", models.CharField(blank=True, max_length=40)),
                ("title", models.CharField(max_length=200)),
                ("attribution", models.TextField(blank=True)),
                ("about", models.JSONField(default=dict)),
                ("counts", models.JSONField(default=dict)),
                ("digest", models.CharField(max_length=64)),
                ("is_current", models.BooleanField(default=True)),
                ("is_first", models.BooleanField(default=False)),
                ("brought_at", models.DateTimeField()),
                ("brought_by", models.CharField(max_length=60)),
            ],
            options={
                "ordering": ["-is_first", "title", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("address", "version"), name="a_version_of_a_framework_is_kept_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("address",),
                        name="one_version_of_a_framework_is_current",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_first", True)),
                        fields=("is_first",),
                        name="one_framework_is_first",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("content_json", models.JSONField()),
                ("title", models.CharField(max_length=160)),
                ("summary", models.CharField(blank=True, max_length=400)),
                ("field", models.CharField(blank=True, max_length=80)),
                ("language", models.CharField(blank=True, max_length=12)),
                ("hours", models.FloatField(blank=True, null=True)),
                ("cost", models.FloatField(blank=True, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("eqf", models.CharField(blank=True, max_length=2)),
                ("participation", models.CharField(blank=True, max_length=12)),
                ("assessment_type", models.CharField(blank=True, max_length=24)),
                ("stacks", models.BooleanField(default=False)),
                ("rigour_told", models.PositiveSmallIntegerField(default=0)),
                ("search_text", models.TextField(blank=True)),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("published_by", models.CharField(max_length=60)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="catalogue.programme",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="programme",
            name="current",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalogue.version",
            ),
        ),
        migrations.CreateModel(
            name="VersionSkill",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(db_index=True, max_length=120)),
                ("kind", models.CharField(max_length=12)),
                ("level", models.PositiveSmallIntegerField(default=0)),
                ("url", models.CharField(blank=True, db_index=True, max_length=300)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="skills",
                        to="catalogue.version",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Picture",
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
                ("png", models.BinaryField()),
                ("small", models.BinaryField(default=bytes)),
                ("sha256", models.CharField(max_length=64)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "sha256"), name="a_picture_is_kept_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FrameworkEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sort",
                    models.CharField(
                        choices=[
                            ("skill", "Skill"),
                            ("group", "Group"),
                            ("occupation", "Occupation"),
                        ],
                        max_length=12,
                    ),
                ),
                ("url", models.CharField(max_length=1000)),
                ("label", models.CharField(max_length=1000)),
                ("code", models.CharField(blank=True, max_length=60)),
                ("kind", models.CharField(blank=True, max_length=12)),
                ("is_pickable", models.BooleanField(default=False)),
                ("label_words", models.CharField(db_index=True, max_length=250)),
                ("words", models.TextField()),
                ("members", models.JSONField()),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="catalogue.skillframework",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["framework", "sort"], name="entries_by_sort")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("framework", "url"), name="an_entry_of_a_framework_is_kept_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SameSkill",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.CharField(max_length=1000)),
                ("other", models.CharField(max_length=1000)),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="same_skills",
                        to="catalogue.skillframework",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["framework", "other"], name="same_skills_by_other")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                fields=("programme", "number"), name="one_version_per_number"
            ),
        ),
        migrations.AddIndex(
            model_name="programme",
            index=models.Index(fields=["organisation", "-created_at"], name="programmes_by_age"),
        ),
        migrations.AddConstraint(
            model_name="versionskill",
            constraint=models.UniqueConstraint(
                fields=("version", "position"), name="one_skill_per_position"
            ),
        ),
    ]
