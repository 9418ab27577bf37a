"""The rules of the program, read from the source."""

from __future__ import annotations

import ast
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from engine import errors
from engine.__main__ import COMMANDS
from tests import readme
from tests.deadlines import scaled

ROOT = Path(__file__).parents[1]
TOP = {"pyproject.toml", "gui", "engine", "resources", "tests", "README.md", "LICENSE", "Makefile"}
TEXT = {".py", ".md", ".toml", ".ts", ".json", ".txt", ".svg", ".yml", ".yaml", ""}
LINES_AT_MOST = 450


def sources(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def tracked() -> list[Path]:
    """The files that a clone holds."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).exists()]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, lazily or by name, too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Call) and _called(node) in ("import_module", "__import__"):
            yield from (a.value for a in node.args[:1] if isinstance(a, ast.Constant))


def _called(node: ast.Call) -> str:
    """The last name of what a call calls."""
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def place(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def test_the_engine_never_imports_qt_or_the_window() -> None:
    forbidden = ("PySide6", "shiboken6", "pyqtgraph", "gui", "tests")
    wrong = [
        f"{path.relative_to(ROOT)}: {module}"
        for path in sources("engine")
        for module in imports(path)
        if module.split(".")[0] in forbidden
    ]
    assert wrong == []


def test_optimizers_know_no_surface() -> None:
    """They serve networks too: what a rule asks it is given as functions."""
    wrong = [
        f"{path.relative_to(ROOT)}: {module}"
        for path in sources("engine/optimizers")
        for module in imports(path)
        if module.startswith("engine.")
        and module.split(".")[1] not in ("optimizers", "checks", "errors")
    ]
    assert wrong == []


def test_the_window_is_imported_without_the_heavy_libraries() -> None:
    heavy = ("torch", "torchvision", "cv2", "matplotlib", "pycocotools", "scipy", "llvmlite")
    code = f"import sys, gui.window, gui.run; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=scaled(60)
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


BEFORE_THE_PAINT = """
import sys
from gui import app
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog
application = app.build_application()
window = app.build_window(workspace="descent", remember=False)
class Told:
    def tell(self):
        print(*sorted(name for name in sys.modules if (name + ".").startswith(UNSEEN)))
        print(window.findChildren(QDialog))
        print([a.text() for a in window.findChildren(QAction) if "lecture.net" in a.objectName()])
        application.exit()
told = Told()
window.painted.connect(told.tell)
window.show()
application.exec()
"""


def test_what_is_not_seen_in_the_first_frame_is_made_after_it() -> None:
    unseen = (
        *("torch", "cv2", "cuda.bindings", "numpy.ma", "matplotlib", "PySide6.QtTest"),
        *("gui.detection.scenes", "gui.networks.scenes", "gui.training.scenes"),
        *("gui.detection.workspace", "gui.networks.workspace", "gui.training.workspace"),
        *("engine.networks", "engine.training", "engine.detection", "pyqtgraph.opengl"),
    )
    unseen = tuple(f"{name}." for name in unseen)
    done = subprocess.run(
        [sys.executable, "-c", f"UNSEEN = {unseen}{BEFORE_THE_PAINT}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=scaled(60),
        check=True,
    )
    assert done.stdout.splitlines() == ["", "[]", "[]"]


def test_only_the_device_module_names_a_device() -> None:
    wrong = [
        place(path, node)
        for path in sources("engine", "gui")
        if path != ROOT / "engine" / "device.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"(cuda|mps)(:\d+)?", node.value)
    ]
    assert wrong == []


# Runs the source that it wrote itself, of its own words and numbers: a test of its reads it.
WRITES_SOURCE = ROOT / "engine" / "descent" / "compiled" / "kernel.py"


def test_nothing_is_unpickled_and_no_text_is_run() -> None:
    wrong = []
    for path in sources("engine", "gui"):
        wrong += [
            f"{path.relative_to(ROOT)}: {module}"
            for module in imports(path)
            if module.split(".")[0] in ("shelve", "marshal", "dill", "joblib", "sympy")
        ]
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call):
                continue
            words = {k.arg: getattr(k.value, "value", None) for k in node.keywords}
            owner = getattr(getattr(node.func, "value", None), "id", "")
            run = isinstance(node.func, ast.Name) and node.func.id in ("eval", "exec")
            if run and path != WRITES_SOURCE:
                wrong.append(place(path, node))
            if owner in ("pickle", "cPickle", "_pickle"):
                wrong.append(place(path, node))
            if (owner, _called(node)) == ("torch", "load") and not words.get("weights_only"):
                wrong.append(place(path, node))
            if words.get("allow_pickle"):
                wrong.append(place(path, node))
    assert wrong == []


def test_signals_are_connected_to_bound_methods_only() -> None:
    """A lambda, a partial or a local function would keep its widget alive for ever."""
    wrong = []
    for path in sources("gui"):
        module = tree(path)
        local = {
            inner.name
            for outer in ast.walk(module)
            if isinstance(outer, ast.FunctionDef)
            for inner in ast.walk(outer)
            if isinstance(inner, ast.FunctionDef) and inner is not outer
        }
        for node in ast.walk(module):
            if not (isinstance(node, ast.Call) and _called(node) == "connect" and node.args):
                continue
            slot = node.args[0]
            is_partial = isinstance(slot, ast.Call) and _called(slot) == "partial"
            is_local = isinstance(slot, ast.Name) and slot.id in local
            if isinstance(slot, ast.Lambda) or is_partial or is_local:
                wrong.append(place(path, node))
    assert wrong == []


def test_no_test_sleeps() -> None:
    wrong = [
        place(path, node)
        for path in sources("tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and _called(node) in ("sleep", "qSleep", "qWait")
    ]
    assert wrong == []


def test_every_deadline_of_a_test_is_scaled_by_the_machine() -> None:
    """A bare number of seconds is right on one machine; a pause below one is no deadline."""
    waiting = {
        "run",
        "wait",
        "acquire",
        "join",
        "communicate",
        "check_output",
        "check_call",
        "close",
    }
    wrong = []
    for path in sources("tests"):
        if "bench" in path.parts:
            continue
        for node in ast.walk(tree(path)):
            if not (isinstance(node, ast.Call) and _called(node) in waiting):
                continue
            owner = getattr(getattr(node.func, "value", None), "id", "")
            given = [k.value for k in node.keywords if k.arg in ("timeout", "timeout_s")]
            given += [] if owner == "qtbot" else node.args[:1]
            numbers = [value.value for value in given if isinstance(value, ast.Constant)]
            wrong += [place(path, node) for n in numbers if isinstance(n, int | float) and n >= 1]
    assert wrong == []


def test_a_file_is_one_idea() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources("engine", "gui", "resources")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LINES_AT_MOST
    }
    assert long == {}


def test_the_top_level_is_fixed() -> None:
    names = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {name for name in names if not name.startswith(".")} <= TOP


def test_no_tracked_file_knows_the_machine_it_was_written_on() -> None:
    machine = re.compile(r"/work/|/root/|/home/\w|\.\./shared|/tmp/tw")
    wrong = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in tracked()
        if path.suffix in TEXT and path != Path(__file__)
        for found in machine.finditer(path.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_file_names_are_the_same_on_every_system() -> None:
    names = [str(path.relative_to(ROOT)) for path in tracked()]
    assert [name for name in names if not re.fullmatch(r"[A-Za-z0-9_./@ -]+", name)] == []
    assert len({name.lower() for name in names}) == len(names)


def raised() -> Iterator[tuple[str, str, set[str] | None]]:
    """Place, code and field names of every error that the engine and the window raise."""
    kinds = {
        name
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, errors.ThalwegError)
    }
    for path in sources("engine", "gui"):
        for node in ast.walk(tree(path)):
            if not (isinstance(node, ast.Call) and _called(node) in kinds and node.args):
                continue
            code = node.args[0]
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                fields = {k.arg for k in node.keywords if k.arg}
                spread = any(k.arg is None for k in node.keywords)
                yield place(path, node), code.value, None if spread else fields


def test_every_error_raised_has_its_sentence_and_the_fields_it_names() -> None:
    wrong = []
    for where, code, fields in raised():
        if code not in errors.MESSAGES:
            wrong.append(f"{where}: {code} has no sentence")
            continue
        named = {name for _, name, _, _ in string.Formatter().parse(errors.MESSAGES[code]) if name}
        if fields is not None and not named <= fields:
            wrong.append(f"{where}: {code} lacks {named - fields}")
    assert wrong == []


def test_every_sentence_is_one_line() -> None:
    assert [code for code, text in errors.MESSAGES.items() if "\n" in text or not text] == []


def test_the_readme_says_what_evaluate_measured() -> None:
    text = readme.README.read_text(encoding="utf-8")
    assert readme.between(text, "models") == readme.models_table()


def test_the_readme_shows_pictures_that_are_there() -> None:
    text = readme.README.read_text(encoding="utf-8")
    shown = re.findall(r"\(([^)]+\.png)\)|src=\"([^\"]+\.png)\"", text)
    names = [first or second for first, second in shown]
    assert len(names) >= 2
    assert all((ROOT / name).stat().st_size > 50_000 for name in names)


def test_the_readme_names_commands_that_there_are() -> None:
    text = readme.README.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"make ([a-z]+)", text)) <= targets
    commands = set(re.findall(r"thalweg-engine ([a-z]+)", text))
    assert commands and commands <= set(COMMANDS)
