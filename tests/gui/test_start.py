"""Starting the program: what is imported, what is refused, what is written."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from gui.platform.display import has_display
from tests.deadlines import scaled

LIMIT_S = scaled(120)


def start(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    return subprocess.run(
        [sys.executable, "-m", "gui", *arguments],
        env={**kept, "XDG_CONFIG_HOME": str(tmp_path), "OMP_NUM_THREADS": "2", **environment},
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )


def test_the_window_module_imports_no_heavy_library() -> None:
    code = (
        "import sys, gui.window, gui.app, gui.descent.workspace, gui.detection.workspace,"
        " gui.training.workspace;"
        "heavy = {'torch', 'torchvision', 'cv2', 'matplotlib', 'pycocotools', 'contourpy'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=LIMIT_S, check=True
    )
    assert done.stdout.strip() == "[]"


def test_without_a_display_one_line_and_exit_code_2(tmp_path: Path) -> None:
    for environment in ({}, {"DISPLAY": ":4711"}, {"WAYLAND_DISPLAY": "wayland-4711"}):
        done = start(tmp_path, **environment)
        assert done.returncode == 2
        assert done.stdout == ""
        assert done.stderr.count("\n") == 1 and "display" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--workspace", "kitchen"), "kitchen"),
        (("--no-such-option",), "--no-such-option"),
        (("no such picture.jpg",), "no such picture.jpg"),
        (("--screenshot", "no/such/folder/a.png"), "no/such/folder/a.png"),
        (("--screenshot",), "--screenshot"),
    ],
)
def test_bad_usage_is_one_line_that_names_it(
    tmp_path: Path, arguments: tuple[str, ...], named: str
) -> None:
    done = start(tmp_path, *arguments, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and named in done.stderr


def test_help_and_version(tmp_path: Path) -> None:
    assert "--screenshot" in start(tmp_path, "--help").stdout
    assert start(tmp_path, "--version").stdout.startswith("thalweg")


@pytest.mark.parametrize("name", ["detection", "descent", "networks", "training"])
def test_screenshot_is_the_whole_window(tmp_path: Path, name: str) -> None:
    picture, facts = tmp_path / "shot.png", tmp_path / "facts.json"
    done = start(
        tmp_path,
        "--workspace",
        name,
        "--screenshot",
        str(picture),
        "--inspect",
        str(facts),
        QT_QPA_PLATFORM="offscreen",
    )
    assert (done.returncode, done.stderr) == (0, "")
    with Image.open(picture) as image:
        assert image.size == (1280, 800)
        colours = image.convert("RGB").getcolors(1 << 24)
        assert colours and len(colours) > 500
    content = json.loads(facts.read_text(encoding="utf-8"))
    assert content["ready"]
    assert f"workspace.{name}.button" in content["widgets"]


def test_has_display_asks_the_x_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert has_display({"QT_QPA_PLATFORM": "offscreen"})
    assert not has_display({})
    assert not has_display({"DISPLAY": "nonsense"})
    assert not has_display({"DISPLAY": ":4711"})
    assert not has_display({"QT_QPA_PLATFORM": "xcb"})
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-7"))
        server.listen()
        environment = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path)}
        assert has_display(environment)
        assert not has_display({**environment, "QT_QPA_PLATFORM": "xcb"})
