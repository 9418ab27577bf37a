"""`make quick` finds the tests of what changed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.quick import IMPORTING_AT_MOST, changed_files, choose_tests

FILES = {
    "engine/optics/lens.py": "F = 1\n",
    "engine/optics/__init__.py": "",
    "gui/lamp.py": "from engine.optics import lens\n",
    "tests/engine/optics/test_lens.py": "from engine.optics import lens\n",
    "tests/engine/test_mirror.py": "import engine.optics.mirror\n",
    "tests/gui/conftest.py": "from gui.lamp import Lamp\n",
    "tests/gui/test_lamp.py": "import gui.lamp\n",
    "tests/gui/test_table.py": "from engine.optics.lens import F\n",
    "tests/hands/test_lamp.py": "from engine.optics import lens\n",
    "README.md": "",
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path)
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "-c", "user.name=a", "-c", "user.email=a@a.example", "commit", "-q", "-m", "a")


def test_a_module_brings_its_mirror_and_who_imports_it(checkout: Path) -> None:
    lens = ["tests/engine/optics/test_lens.py", "tests/gui/test_table.py"]
    assert choose_tests(checkout, ["engine/optics/lens.py"]) == (lens, 0)
    assert choose_tests(checkout, ["gui/lamp.py"]) == (["tests/gui/test_lamp.py"], 0)


def test_a_module_that_no_test_imports_brings_those_of_who_imports_it(checkout: Path) -> None:
    (checkout / "engine" / "optics" / "glass.py").write_text("")
    (checkout / "engine" / "optics" / "lens.py").write_text("from engine.optics import glass\n")
    lens = ["tests/engine/optics/test_lens.py", "tests/gui/test_table.py"]
    assert choose_tests(checkout, ["engine/optics/glass.py"]) == (lens, 0)


def test_a_test_file_brings_itself_and_a_conftest_its_folder(checkout: Path) -> None:
    mirror = ["tests/engine/test_mirror.py"]
    assert choose_tests(checkout, mirror) == (mirror, 0)
    both = ["tests/gui/conftest.py", "tests/gui/test_lamp.py"]
    assert choose_tests(checkout, both) == (["tests/gui"], 0)


def test_of_many_that_import_it_the_nearest_are_run(checkout: Path) -> None:
    for number in range(IMPORTING_AT_MOST):
        path = checkout / "tests" / "engine" / "optics" / f"test_lens_{number}.py"
        path.write_text("import engine.optics.lens\n")
    tests, left = choose_tests(checkout, ["engine/optics/lens.py"])
    assert len(tests) == IMPORTING_AT_MOST + 1 and left == 1
    assert "tests/engine/optics/test_lens.py" in tests and "tests/gui/test_table.py" not in tests


def test_what_has_no_test_brings_none(checkout: Path) -> None:
    gone = ["README.md", "tests/hands/test_lamp.py", "bench/gone.py", "tests/gui/test_gone.py"]
    assert choose_tests(checkout, gone) == ([], 0)


def test_changed_is_what_differs_from_main_and_what_is_new(checkout: Path) -> None:
    assert changed_files(checkout) == []
    (checkout / "gui" / "lamp.py").write_text("")
    (checkout / "gui" / "снимок.py").write_text("")
    assert changed_files(checkout) == ["gui/lamp.py", "gui/снимок.py"]
    git(checkout, "checkout", "-q", "-b", "other")
    commit(checkout)
    (checkout / "README.md").write_text("more")
    assert changed_files(checkout) == ["README.md", "gui/lamp.py", "gui/снимок.py"]
    git(checkout, "branch", "-q", "-D", "main")
    assert changed_files(checkout) == ["README.md"]
