"""Run the benchmarks: `python -m tests.bench [NAME...]`.

Each runs in a process of its own, so that none warms up another. The table is
printed and saved in `out/bench.json`, from where `python -m tests.readme` puts it
into the README.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from tests.bench.table import Row, markdown

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NOT_BENCHMARKS = {"__init__", "__main__", "table"}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("names", nargs="*", help="benchmarks; all of them by default")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.alone:
        rows = import_module(f"tests.bench.{given.names[0]}").measure()
        print("\n" + json.dumps([asdict(row) for row in rows]))
        return 0
    names = given.names or sorted({path.stem for path in HERE.glob("*.py")} - NOT_BENCHMARKS)
    rows, failed = [], []
    for name in names:
        print(f"{name} ...", file=sys.stderr, flush=True)
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench", "--alone", name],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        if done.returncode:
            failed.append(name)
            continue
        rows += [Row(**row) for row in json.loads(done.stdout.strip().splitlines()[-1])]
    table = markdown(rows)
    print(table)
    (ROOT / "out").mkdir(exist_ok=True)
    saved = json.dumps([asdict(row) for row in rows], indent=1, ensure_ascii=False)
    (ROOT / "out" / "bench.json").write_text(saved + "\n")
    for row in rows:
        if not row.held:
            print(f"not held: {row.claim}: {row.measured:.3g} {row.unit}", file=sys.stderr)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
