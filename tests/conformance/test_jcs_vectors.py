"""The published inputs and outputs of RFC 8785 (JSON Canonicalization Scheme).

https://www.rfc-editor.org/rfc/rfc8785. All six pass, from our strict reader to the bytes.

Deviation: whole numbers beyond 2**53 are refused, where a reader that keeps every number as
a double would round them silently. RFC 8785 section 6 leaves such data outside its scope.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sealwright.credentials.model import strict_json
from sealwright.credentials.proofs.jcs import canonical_json

pytestmark = pytest.mark.vectors


@pytest.mark.parametrize("name", ["arrays", "french", "structures", "unicode", "values", "weird"])
def test_the_published_output_is_ours(name: str, vectors: Path) -> None:
    value = strict_json.loads((vectors / "jcs" / "input" / f"{name}.json").read_bytes())

    text = canonical_json(value)

    assert text == (vectors / "jcs" / "output" / f"{name}.json").read_bytes()
    assert text == bytes.fromhex((vectors / "jcs" / "outhex" / f"{name}.txt").read_text())
