"""Which file may import which: arrows go down, never across workspaces, never in a circle."""

from __future__ import annotations

import ast
from collections import Counter
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.test_structure import ROOT, sources, tree

MODULES_AT_MOST = 20  # in a folder

WORKSPACES = ("descent", "networks", "detection", "training")
SHARED = ("racing", "landscape", "formulas", "pictures", "detector")
FOUNDATION = ("plots", "widgets", "platform")
# The window itself stands on everything; what a workspace may import of it knows no workspace.
WINDOW = ("app", "window", "window_actions", "run", "__main__", "automation")


def modules() -> dict[str, set[str]]:
    """Every module of the program and the modules that it imports, at any depth of its code."""
    paths = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sources("engine", "gui", "resources")
    }
    graph: dict[str, set[str]] = {}
    for name, path in paths.items():
        found: set[str] = set()
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    inner = f"{node.module}.{alias.name}"
                    found.add(inner if inner in paths else node.module)
        graph[name] = {module for module in found if module in paths and module != name}
    return graph


@pytest.fixture(scope="module")
def graph() -> dict[str, set[str]]:
    return modules()


def test_no_two_files_import_each_other(graph: dict[str, set[str]]) -> None:
    """Neither at import, nor inside a function, nor for a type checker."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" <- ".join(error.args[1]))


def level(module: str) -> int:
    """How high a module of the window stands: 0 the engine, 4 the window itself."""
    parts = module.split(".")
    if parts[0] != "gui":
        return 0
    folder = parts[1] if len(parts) > 1 else ""
    if folder in WORKSPACES:
        return 3
    if folder in SHARED:
        return 2
    return 4 if folder in WINDOW else 1


def test_arrows_go_down(graph: dict[str, set[str]]) -> None:
    """A workspace -> what workspaces share -> plots, widgets -> engine."""
    wrong = [
        f"{module} -> {other}"
        for module, others in graph.items()
        for other in others
        if level(other) > level(module)
    ]
    assert wrong == []


def test_no_workspace_imports_another(graph: dict[str, set[str]]) -> None:
    wrong = [
        f"{module} -> {other}"
        for module, others in graph.items()
        for other in others
        if level(module) == level(other) == 3 and module.split(".")[1] != other.split(".")[1]
    ]
    assert wrong == []


def test_the_engine_stands_alone(graph: dict[str, set[str]]) -> None:
    wrong = [
        f"{module} -> {other}"
        for module, others in graph.items()
        if module.startswith("engine")
        for other in others
        if not other.startswith(("engine", "resources"))
    ]
    assert wrong == []


def test_optimizers_know_no_surface(graph: dict[str, set[str]]) -> None:
    """They serve surfaces and networks alike."""
    wrong = [
        f"{module} -> {other}"
        for module, others in graph.items()
        if module.startswith("engine.optimizers")
        for other in others
        if other.startswith(("engine.descent", "engine.networks", "engine.training"))
    ]
    assert wrong == []


def test_what_races_share_knows_no_race(graph: dict[str, set[str]]) -> None:
    """Table, curves and standings serve surfaces and networks alike."""
    wrong = [
        f"{module} -> {other}"
        for module, others in graph.items()
        if module.startswith("gui.racing")
        for other in others
        if other.startswith(("engine.descent", "engine.networks", "engine.training"))
    ]
    assert wrong == []


def test_a_folder_can_be_overlooked() -> None:
    count = Counter(path.parent for path in sources("engine", "gui", "tests"))
    long = {str(folder.relative_to(ROOT)): n for folder, n in count.items() if n > MODULES_AT_MOST}
    assert long == {}
