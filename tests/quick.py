"""The engine's and the widgets' tests of what changed: python -m tests.quick [PATH...]

Changed is what differs from where this branch left main, and every new file. To each
belong the test file that mirrors it and all test files that import it. Given paths are
run as they are.
"""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SLOW = ("tests/hands/", "tests/bench/")


def changed_files(root: Path) -> list[str]:
    """Tracked files that differ from main's last common commit, and new ones; from the root."""

    def git(*arguments: str) -> list[str]:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True)
        return [name for name in done.stdout.split("\0") if name] if done.returncode == 0 else []

    base = (git("merge-base", "HEAD", "main") or ["HEAD"])[0].strip()
    differing = git("diff", "--name-only", "-z", base)
    return sorted({*differing, *git("ls-files", "--others", "--exclude-standard", "-z")})


def module_name(path: str) -> str:
    """The name by which a source file is imported."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imported(path: Path) -> Iterator[str]:
    """Every name that a file imports, with its module's."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def choose_tests(root: Path, changed: Iterable[str]) -> list[str]:
    """The test files and folders to run for changed files, from the root."""
    chosen: set[str] = set()
    modules: set[str] = set()
    for name in (name for name in changed if name.endswith(".py")):
        path = Path(name)
        if path.name == "conftest.py":
            chosen.add(str(path.parent))
        elif path.name.startswith("test_"):
            chosen.add(name)
        else:
            modules.add(module_name(name))
            chosen.add(str("tests" / path.with_name(f"test_{path.name}")))
    for path in (root / "tests").rglob("test_*.py") if modules else ():
        if modules & set(imported(path)):
            chosen.add(str(path.relative_to(root)))
    there = [
        name
        for name in sorted(chosen - {"tests"})
        if name.startswith("tests/") and not f"{name}/".startswith(SLOW) and (root / name).exists()
    ]
    folders = [f"{name}/" for name in there if (root / name).is_dir()]
    return [name for name in there if not name.startswith(tuple(folders))]


def main() -> int:
    parser = argparse.ArgumentParser(description="Test what changed, or the given paths.")
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    tests = given.paths or choose_tests(ROOT, changed_files(ROOT))
    if not tests:
        print("Nothing changed that the engine's or the widgets' tests import.")
        return 0
    print("Testing", *tests, flush=True)
    single = len(tests) == 1 and tests[0].endswith(".py")
    jobs = [] if single else ["-n", str(given.jobs)]  # a worker of its own starts in seconds
    command = [sys.executable, "-m", "pytest", "-q", *jobs, *tests]
    return subprocess.run(command, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
