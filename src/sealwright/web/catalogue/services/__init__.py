"""Everything that can be done to programmes and pictures."""

from __future__ import annotations

from sealwright.web.catalogue.services.drafts import (
    copy_programme,
    create_programme,
    save_part,
)
from sealwright.web.catalogue.services.frameworks import (
    bring_framework,
    put_first,
    remove_framework,
)
from sealwright.web.catalogue.services.pictures import keep_picture
from sealwright.web.catalogue.services.publishing import publish, reopen, retire

__all__ = [
    "bring_framework",
    "copy_programme",
    "create_programme",
    "keep_picture",
    "publish",
    "put_first",
    "remove_framework",
    "reopen",
    "retire",
    "save_part",
]
