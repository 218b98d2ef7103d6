"""How long it takes to try every slip in each built-in pack on its example dossiers, and how many are noticed.

.venv/bin/python -m benchmarks.rules.mutation
"""

from __future__ import annotations

import time

from rules.cases import run_cases
from rules.loader import builtin_packs
from validators.examples import evaluate
from validators.mutation import surviving


def main() -> None:
    """One line a pack."""
    for pack_id in builtin_packs():
        begun = time.perf_counter()
        suite = run_cases(pack_id, evaluate)
        ran = time.perf_counter()
        found = surviving(suite.pack, suite.holding)
        done = time.perf_counter()
        noticed = found.tried - len(found.survivors)
        print(
            f"{pack_id}: {len(suite.results)} examples in {ran - begun:.2f} s; "
            f"{noticed} of {found.tried} slips noticed in {done - ran:.2f} s"
        )


if __name__ == "__main__":
    main()
