"""The engine's and the widgets' tests of what changed: python -m tests.quick [PATH...]

Changed is what differs from where this branch left main, and every new file. To each
belong the test file that mirrors it and the test files that import it, the nearest of
them where they are many: the answer comes within about a minute. To a module that no
test imports belong the tests of those that import it. Given paths are run as they are.
"""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import takewhile
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = ("engine", "gui", "tests")
SLOW = ("tests/hands/", "tests/bench/")
IMPORTING_AT_MOST = 12  # files; of about 5 s each on one of two cores


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


def choose_tests(root: Path, changed: Iterable[str]) -> tuple[list[str], int]:
    """The test files and folders to run for changed files, from the root, and how many are left."""
    wanted: set[str] = set()
    importing: dict[str, str] = {}  # test file -> the module that brought it
    for name in (name for name in changed if name.endswith(".py")):
        path = Path(name)
        if path.name == "conftest.py":
            wanted.add(str(path.parent))
        elif path.name.startswith("test_"):
            wanted.add(name)
        else:
            wanted.add(mirror(path))
            importing |= dict.fromkeys(tests_of(root, name), module_name(name))
    near = sorted(
        importing.keys() - wanted, key=lambda name: (distance(name, importing[name]), name)
    )
    there = [
        name
        for name in sorted(wanted - {"tests"} | set(near[:IMPORTING_AT_MOST]))
        if name.startswith("tests/") and not f"{name}/".startswith(SLOW) and (root / name).exists()
    ]
    folders = tuple(f"{name}/" for name in there if (root / name).is_dir())
    return [n for n in there if not n.startswith(folders)], len(near[IMPORTING_AT_MOST:])


def tests_of(root: Path, name: str) -> set[str]:
    """The test files that import a module; where there is none, those of who imports it."""
    names, seen = {name}, {name}
    while names:
        modules = {module_name(one) for one in names}
        users = {
            str(path.relative_to(root))
            for folder in FOLDERS
            for path in (root / folder).rglob("*.py")
            if modules & uses(path)
        }
        tests = {one for one in users if Path(one).name.startswith("test_")}
        tests |= {one for one in map(mirror, map(Path, names)) if (root / one).exists()}
        if found := {one for one in tests if not one.startswith(SLOW)}:
            return found
        names = users - seen
        seen |= users
    return set()


@cache
def uses(path: Path) -> frozenset[str]:
    return frozenset(imported(path))


def mirror(path: Path) -> str:
    """The test file of a source file."""
    return str("tests" / path.with_name(f"test_{path.name}"))


def distance(test: str, module: str) -> int:
    """How many folders lie between a test file and a module's mirror."""
    here, there = Path(test).parent.parts[1:], module.split(".")[:-1]
    common = list(takewhile(lambda pair: pair[0] == pair[1], zip(here, there, strict=False)))
    return len(here) + len(there) - 2 * len(common)


def main() -> int:
    parser = argparse.ArgumentParser(description="Test what changed, or the given paths.")
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    tests, left = (given.paths, 0) if given.paths else choose_tests(ROOT, changed_files(ROOT))
    if not tests:
        print("Nothing changed that the engine's or the widgets' tests import.")
        return 0
    print("Testing", *tests)
    if left:
        print(f"{left} more files import what changed; make test runs them, too.")
    sys.stdout.flush()
    single = len(tests) == 1 and tests[0].endswith(".py")
    jobs = (
        [] if single else ["-n", str(given.jobs), "--dist", "worksteal"]
    )  # a worker of its own starts in seconds
    command = [sys.executable, "-m", "pytest", "-q", *jobs, *tests]
    return subprocess.run(command, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
