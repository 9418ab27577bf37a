"""What the window remembers, whatever stands in its file."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from gui import app, theme
from gui.descent.export.controller import LOOK, kept_look
from gui.detection.export.choices import Choices, restored
from gui.settings import Settings
from gui.window import Window
from gui.workspaces import workspace_names
from tests.deadlines import scaled

TEXTS = ("view/language", "view/theme", "window/workspace", "files/folder", "descent/folder")
BROKEN = ("[" * 100_000, "9" * 5000, "null", "\0", "{", '{"a": 1e999}', "x" * 5000)
# The keys of every remembered dictionary, so that generated ones meet their readers.
KEYS = (
    *("recent", "paths", "model", "limits", "layers", "top", "splitter", "sizes", "columns"),
    *("plots", "beside", "speed", "score", "nms", "mask", "class_agnostic", "shown", "opacity"),
    *("boxes", "proposals", "folder", "scope", "formats", "style", "palette", "by_class"),
    *("line_width", "label", "skeleton", "opacities", "kind", "dpi", "width_mm", "height_mm"),
    *("curves", "frames"),
)

leaves = (
    st.none()
    | st.booleans()
    | st.integers(-(10**400), 10**400)
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["people", "boxes", "png", ".png", *BROKEN])
)
members = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)
        | st.lists(inner, min_size=2, max_size=3)
    ),
    max_leaves=12,
)


def keep(key: str, value: Any) -> None:
    """Write a value of any type, as an older version or an editor may have."""
    store = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Thalweg", "thalweg")
    store.setValue(key, value)
    store.sync()


@given(member=members)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_dictionary_is_read(window: Window, member: Any) -> None:
    store = window.settings
    state = dict.fromkeys(KEYS, member)
    for key in ("recent", "detection/export", LOOK):
        store.set_state(key, state)
    assert all(path.parts for path in store.recent())
    assert restored(store.state("detection/export"), Choices("here")).formats
    kept_look(store.state(LOOK)).check()
    window.commands.refresh_recent()
    for name in workspace_names():
        store.set_state(f"workspace/{name}", state | {"model": "people"})
        window.workspace(name).restore_state(store.state(f"workspace/{name}"))
    json.dumps({name: window.workspace(name).save_state() for name in workspace_names()})


@pytest.mark.parametrize("value", [*BROKEN, 7, 2.5, True, ["a", "b"], {"a": 1}, b"bytes"])
def test_the_window_opens_whatever_a_key_holds(qtbot: QtBot, value: Any) -> None:
    others = ("recent", "window/geometry", LOOK, *(f"workspace/{n}" for n in workspace_names()))
    for key in (*TEXTS, *others):
        keep(key, value)
    made = app.build_window(Settings())
    qtbot.addWidget(made)
    made.commands.refresh_recent()
    assert made.current_name == workspace_names()[0]
    assert made.settings.folder("files/folder") == ""
    assert made.bridge.close(scaled(10))


def test_a_number_is_no_switch(window: Window) -> None:
    detection = window.workspace("detection")
    usual = detection.save_state()["limits"]
    detection.restore_state({"limits": {"class_agnostic": 3.7, "score": True}})
    assert detection.save_state()["limits"] == usual


def test_two_windows_keep_one_list_of_recent_files(settings: Settings, tmp_path: Path) -> None:
    settings.add_recent(tmp_path / "ours")
    store = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Thalweg", "thalweg")
    # Another process, since the stores of one process share what they hold.
    code = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QSettings as Q; "
        "Q.setPath(Q.Format.IniFormat, Q.Scope.UserScope, sys.argv[1]); "
        "from gui.settings import Settings; Settings().add_recent(Path(sys.argv[2]))"
    )
    folder = Path(store.fileName()).parent.parent
    command = [sys.executable, "-c", code, str(folder), str(tmp_path / "theirs")]
    subprocess.run(command, check=True, timeout=scaled(60))
    settings.add_recent(tmp_path / "ours again")
    assert [path.name for path in settings.recent()] == ["ours again", "theirs", "ours"]


def test_settings_that_cannot_be_written_are_told_once(
    qtbot: QtBot, private_settings: None
) -> None:
    folder = Settings().file().parent
    assert Settings().can_be_kept()
    shutil.rmtree(folder, ignore_errors=True)
    folder.write_text("a file where the folder belongs")
    window = app.build_window()
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.painted):
        window.show()
    assert "settings cannot be written" in window.banner.text()
    window.banner.dismiss()
    window.set_theme(theme.Mode.LIGHT)
    assert not window.banner.isVisible() and theme.current().name == "light"
    window.close()
    assert folder.is_file()
