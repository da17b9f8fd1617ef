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
            name="Recognition",
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
                            ("accreditation", "Accreditation"),
                            ("register", "Listed in a register"),
                            ("membership", "Membership"),
                        ],
                        max_length=16,
                    ),
                ),
                ("body", models.CharField(max_length=160)),
                ("url", models.URLField(blank=True, max_length=300)),
                ("scope", models.CharField(blank=True, max_length=200)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("told_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("confirmed_by", models.CharField(blank=True, max_length=120)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recognitions",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "-since", "pk"],
            },
        ),
    ]
