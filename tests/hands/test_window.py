"""Opening, speaking, closing: what holds for the whole window."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.deadlines import scaled
from tests.hands import pictures
from tests.hands.program import SCRIPTS, Program, private_environment
from tests.hands.screen import SIZE, Screen

Start = Callable[..., Program]
ROOT = Path(__file__).parents[2]
WORKSPACES = ("detection", "descent", "networks", "training")
CANVASES = {"networks": "networks.chain.canvas"}  # of the page in front
CYRILLIC = re.compile(r"[А-Яа-яЁё]")


def thalweg_alone(folder: Path, *arguments: str | Path, **environment: str) -> tuple[int, str]:
    """Run `thalweg` to its end; exit code and stderr."""
    done = subprocess.run(
        [SCRIPTS / "thalweg", *arguments],
        cwd=folder,
        env=private_environment(folder) | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=scaled(120),
    )
    assert done.stdout == ""
    return done.returncode, done.stderr


def test_without_a_display_it_says_so_in_one_line(tmp_path: Path) -> None:
    for display in ("", ":4711"):
        code, err = thalweg_alone(tmp_path, DISPLAY=display)
        assert code == 2 and len(err.splitlines()) == 1 and "display" in err


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["nowhere.jpg"], "nowhere.jpg"),
        (["--workspace", "kitchen"], "kitchen"),
        (["--screenshot", "no/such/place.png"], "no/such/place.png"),
        (["--hat"], "--hat"),
    ],
)
def test_bad_usage_is_named_in_one_line(tmp_path: Path, arguments: list[str], named: str) -> None:
    code, err = thalweg_alone(tmp_path, *arguments, QT_QPA_PLATFORM="offscreen")
    assert code == 2 and len(err.splitlines()) == 1 and named in err


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_the_first_screen_shows_each_workspace_at_work(thalweg: Start, workspace: str) -> None:
    program = thalweg("--workspace", workspace, warm=False).ready()
    assert program.look()["state"]["workspace"] == workspace
    program.widget(f"workspace.{workspace}.button")
    program.picture(f"first-{workspace}")


def test_the_workspaces_are_changed_with_mouse_and_keys(thalweg: Start) -> None:
    program = thalweg().ready()
    for name in (*WORKSPACES, "detection"):
        program.click(f"workspace.{name}.button")
        program.until(lambda seen, name=name: seen["state"]["workspace"] == name, name)
    for number, name in enumerate(WORKSPACES, start=1):
        program.key(f"ctrl+{number}")
        program.until(lambda seen, name=name: seen["state"]["workspace"] == name, name)


def test_the_language_is_switched_in_the_window_and_remembered(thalweg: Start) -> None:
    program = thalweg("--workspace", "descent").ready()
    program.menu("view.language.ru")
    program.until(lambda seen: seen["state"]["language"] == "ru", "Russian")
    for workspace in WORKSPACES:
        program.click(f"workspace.{workspace}.button")
        program.until(lambda seen, name=workspace: seen["state"]["workspace"] == name, workspace)
        seen = program.look()
        assert all(CYRILLIC.search(title["text"]) for title in seen["menubar"])
        assert CYRILLIC.search(seen["title"])
        # Buttons and labels in words are Russian; names of optimizers and figures are not words.
        english = {
            name: entry["text"]
            for name, entry in seen["widgets"].items()
            if entry["visible"]
            and entry["class"] in ("QPushButton", "QToolButton", "QCheckBox", "QGroupBox")
            and re.search(r"[A-Za-z]{4,}", entry.get("text", ""))
            and not CYRILLIC.search(entry["text"])
        }
        assert english == {}
        program.picture(f"russian-{workspace}")
    program.close()
    assert program.errors == ""


def test_english_comes_back(thalweg: Start) -> None:
    program = thalweg("--workspace", "descent", LANG="ru_RU.UTF-8", LC_ALL="C.UTF-8").ready()
    before = program.look()["menubar"]
    program.menu("view.language.ru")
    program.until(lambda seen: seen["state"]["language"] == "ru", "Russian")
    program.menu("view.language.en")
    program.until(lambda seen: seen["state"]["language"] == "en", "English")
    assert [entry["text"] for entry in program.look()["menubar"]] == [
        entry["text"] for entry in before
    ] or not CYRILLIC.search(str(program.look()["menubar"]))


def keep(name: str) -> Path:
    """Where pictures lie for people to look at after the tests."""
    path = ROOT / "out" / "hands" / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def test_a_screenshot_of_a_given_picture_on_a_screen(screen: Screen, tmp_path: Path) -> None:
    picture = pictures.astronaut(tmp_path)
    code, err = thalweg_alone(
        tmp_path, picture, "--screenshot", tmp_path / "shot.png", DISPLAY=screen.display
    )
    assert (code, err) == (0, "")
    shutil.copy(tmp_path / "shot.png", keep("screenshot-given"))


def test_make_run_does_its_main_job_where_there_is_no_display(tmp_path: Path) -> None:
    environment = private_environment(tmp_path)
    environment.pop("DISPLAY", None)
    done = subprocess.run(
        ["bash", ROOT / ".ci" / "start"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=scaled(500),
    )
    assert (done.returncode, done.stderr) == (0, "")
    told = done.stdout.splitlines()
    assert "no display" in told[0]
    listed = told[next(place for place, line in enumerate(told) if "The pictures are in" in line) :]
    written = [Path(ROOT, line.strip()) for line in listed if line.strip().endswith(".png")]
    assert len(written) >= 2 and all(path.stat().st_size > 10_000 for path in written)


def test_the_window_is_left_by_key_and_by_menu(thalweg: Start) -> None:
    first = thalweg("--workspace", "descent", warm=False).ready()
    first.key("ctrl+q")
    first.ended()
    second = thalweg("--workspace", "descent").ready()
    second.menu("file.quit")
    second.ended()


def test_the_keys_are_listed(thalweg: Start) -> None:
    program = thalweg("--workspace", "descent").ready()
    program.key("F1")
    program.until(lambda seen: seen["dialogs"], "the list of keys")
    program.picture("keys")
    program.key("Escape")
    program.until(lambda seen: not seen["dialogs"], "the list to close")


def test_shortcuts_work_on_a_russian_keyboard(thalweg: Start, screen: Screen) -> None:
    program = thalweg("--workspace", "descent").ready()
    screen.layout("ru")
    try:
        # The physical key O with Control, whatever letter it now types.
        screen.hand("keydown", 37, "keydown", 32, "keyup", 32, "keyup", 37)
        program.until(lambda seen: seen["dialogs"], "the dialog to open files")
    finally:
        screen.layout("us")
    program.key("Escape")
    program.until(lambda seen: not seen["dialogs"], "the dialog to close")


@pytest.mark.parametrize("size", [(1280, 800), SIZE])
def test_screens_to_look_at(thalweg: Start, size: tuple[int, int]) -> None:
    """Kept in out/hands; here only: the canvas is the largest part and stays inside the window."""
    program = thalweg("--workspace", "descent").ready()
    if size == SIZE:
        program.key("F11")
    program.until(lambda seen: tuple(seen["window"][2:]) == size, f"a window of {size}")
    for language in ("en", "ru"):
        if language != "en":
            program.menu(f"view.language.{language}")
            program.until(lambda seen: seen["state"]["language"] == "ru", "Russian")
        for workspace in WORKSPACES:
            _look_at(program, workspace, f"{size[0]}-{language}")


def _look_at(program: Program, workspace: str, kind: str) -> None:
    program.click(f"workspace.{workspace}.button")
    program.until(lambda seen: seen["state"]["workspace"] == workspace, workspace)
    if workspace == "detection":
        program.until_widget("detection.table", lambda entry: entry["rows"], "detections", 60)
    if workspace == "descent":
        program.click("descent.play.button")
        program.until_widget(
            "descent.timeline.slider", lambda entry: entry["value"] > 60, "a race under way", 60
        )
        program.click("descent.play.button")
    program.picture(f"look-{workspace}-{kind}")
    if workspace == "training":
        return  # its plot comes with the first loss
    x, y, width, height = program.look()["window"]
    canvas = program.widget(CANVASES.get(workspace, f"{workspace}.canvas"))["rect"]
    assert x <= canvas[0] and canvas[0] + canvas[2] <= x + width
    assert y <= canvas[1] and canvas[1] + canvas[3] <= y + height
    assert canvas[2] * canvas[3] >= 0.38 * width * height


def test_nothing_is_left_in_the_home_folder_but_settings(thalweg: Start) -> None:
    program = thalweg("--workspace", "descent", warm=False).ready()
    program.close()
    home = Path(program.folder / "home")
    assert not [path for path in home.rglob("*") if path.is_file()]
    assert os.listdir(program.folder / "xdg_config_home")
