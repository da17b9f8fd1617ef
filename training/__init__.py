"""How the token table of `sealwright.skills.matching` is made. See README.md."""

import os

for _library in ("OPENBLAS", "OMP"):  # one core, and the same sums each time
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")
