"""What a user calls a file is shown as it is: never as HTML, never shortened by a byte."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6 import QtGui
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.errors import InputError
from gui import messages
from gui.detection.canvas_notice import CanvasNotice
from gui.detection.pictures.file_model import Entry, FileModel
from gui.widgets.path_label import PathLabel
from gui.widgets.user_text import tip

LATIN = os.fsdecode(b"fran\xe7ois.jpg")
NAMES = ["<h1>big<b>.png", "<img src=x>", "a & b.png", "&amp;.png", "<b", "a > b", "plain.png"]


def read(text: str) -> str:
    """What a person reads in a tool tip."""
    if not QtGui.Qt.mightBeRichText(text):
        return text
    document = QtGui.QTextDocument()
    document.setHtml(text)
    return document.toPlainText()


@pytest.mark.parametrize("name", NAMES)
def test_a_tool_tip_shows_a_name_as_it_is(qtbot: QtBot, name: str) -> None:
    assert read(tip(f"/folder/{name}")) == f"/folder/{name}"


@pytest.mark.parametrize("name", [*NAMES, LATIN])
def test_the_list_and_a_path_show_a_name_as_it_is(qtbot: QtBot, name: str) -> None:
    shown = name.replace("\udce7", r"\udce7")
    model = FileModel()
    model.add([Entry(name, Path("/folder") / name)])
    assert cell(model, Qt.ItemDataRole.DisplayRole) == shown
    assert read(cell(model, Qt.ItemDataRole.ToolTipRole)) == f"/folder/{shown}"
    label = PathLabel()
    qtbot.addWidget(label)
    label.set_path(Path("/folder") / name)
    assert label.text() == shown and read(label.toolTip()) == f"/folder/{shown}"


def cell(model: QAbstractItemModel, role: Qt.ItemDataRole) -> str:
    text: str = model.data(model.index(0, 0, QModelIndex()), role)
    return text


def test_a_notice_and_an_error_are_plain(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    notice = CanvasNotice(parent)
    assert notice.heading.textFormat() == notice.text.textFormat() == Qt.TextFormat.PlainText
    told = messages.sentence(InputError("file.missing", path=LATIN))
    assert r"fran\udce7ois.jpg" in told
