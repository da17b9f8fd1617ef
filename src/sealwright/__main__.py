"""`python -m sealwright`."""

from __future__ import annotations

import sys

from sealwright.cli import main

sys.exit(main())
