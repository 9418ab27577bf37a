"""The Russian window is whole: every text translated, built, and as the sources have it."""

from __future__ import annotations

import importlib.util
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui import i18n
from gui.window import Window
from gui.workspaces import workspace_names
from resources.build import compile_translations

FOLDER = i18n.folder()
RUSSIAN = FOLDER / "thalweg_ru.ts"
HEADER_PADDING_PX = 6  # as the style sheet has it
PLACEHOLDER = re.compile(r"\{\w+\}")
# Names that Russian writes as English does.
SAME = {
    *("SGD", "NMS IoU", "lr", "a", "b", "f(x, y) =", "|∇f|"),
    *(
        "IoU",
        "F1",
        "NMS",
        "Fast R-CNN",
        "RPN",
        "RoIAlign",
        "x, y",
        "{number} {title}",
        "reg: dx {dx}  dy {dy}  dw {dw}  dh {dh}",
    ),
    *("Adagrad", "RMSprop", "Adadelta", "Adam", "AdamW", "Adamax", "NAdam", "RAdam", "Rprop"),
    *("AMSGrad", "ReLU", "Lion", "L-BFGS"),
    "x {x}   y {y}   f {f}   |∇f| {slope}   λ {low} … {high}   κ {condition}",
    *("AP", "LabelMe", "Pascal VOC", "Viridis", "{percent} %"),
    *("Faster R-CNN, MobileNetV3", "Faster R-CNN, ResNet-50", "Faster R-CNN v2, ResNet-50"),
    *("Faster R-CNN", "Mask R-CNN"),
    *("Mask R-CNN, ResNet-50", "Mask R-CNN v2, ResNet-50", "Keypoint R-CNN, ResNet-50"),
}


def entries(path: Path = RUSSIAN) -> list[tuple[str, str, str, str]]:
    """(context, source, translation, type) of every message."""
    found = []
    for context in ElementTree.parse(path).getroot().findall("context"):
        for message in context.findall("message"):
            translation = message.find("translation")
            assert translation is not None
            found.append(
                (
                    context.findtext("name", ""),
                    message.findtext("source", ""),
                    translation.text or "",
                    translation.get("type", ""),
                )
            )
    return found


def updater() -> ModuleType:
    spec = importlib.util.spec_from_file_location("update", FOLDER / "update.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_text_is_translated() -> None:
    open_entries = [
        (context, source)
        for context, source, translation, kind in entries()
        if kind == "unfinished" or not translation.strip()
    ]
    assert not open_entries


def test_no_translation_equals_its_source_but_for_names() -> None:
    same = {source for _, source, translation, _ in entries() if translation == source}
    assert same <= SAME, sorted(same - SAME)


def test_placeholders_are_kept() -> None:
    for context, source, translation, _ in entries():
        wanted = Counter(PLACEHOLDER.findall(source))
        assert set(Counter(PLACEHOLDER.findall(translation))) == set(wanted), (context, source)


def test_ends_are_kept() -> None:
    """A sentence stays a sentence, an ellipsis an ellipsis, an access key a key."""
    for context, source, translation, _ in entries():
        for end in ("…", ":"):
            assert source.endswith(end) == translation.endswith(end), (context, source)
        if source.endswith("."):
            assert translation.endswith("."), (context, source)
        if context == "actions":
            assert source.count("&") == translation.count("&"), (context, source)


def test_the_file_holds_what_the_sources_say(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    assert updater().gather([fresh], quiet=True) == 0
    wanted = {(context, source) for context, source, _, _ in entries(fresh)}
    there = {(context, source) for context, source, _, _ in entries()}
    assert not wanted - there, "run `make translations` and translate these"
    assert not there - wanted, "run `make translations`: these are gone"


def test_it_is_built_and_loads(qapp: QApplication) -> None:
    compile_translations()
    translator = QTranslator()
    assert translator.load("thalweg_ru", str(FOLDER))
    assert translator.translate("actions", "&File") == "&Файл"


@pytest.fixture(params=["en", "ru"])
def language(request: pytest.FixtureRequest) -> str:
    compile_translations()
    return str(request.param)


def test_nothing_is_clipped_at_1280_x_800(window: Window, qtbot: QtBot, language: str) -> None:
    window.resize(1280, 800)
    window.show()
    window.set_language(language)
    QCoreApplication.processEvents()

    def nothing_is_clipped() -> None:
        assert [describe(each) for each in window.findChildren(QWidget) if cut(each)] == []
        assert window.width() <= 1280 and window.height() <= 800

    for name in workspace_names():
        window.show_workspace(name)
        qtbot.waitUntil(nothing_is_clipped)  # a picture that comes later brings texts of its own


def cut(widget: QWidget) -> bool:
    """Whether a text has too little room."""
    if not widget.isVisible():
        return False
    if isinstance(widget, QComboBox):
        option = QStyleOptionComboBox()
        widget.initStyleOption(option)
        room = widget.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            widget,
        )
        return widget.fontMetrics().horizontalAdvance(widget.currentText()) > room.width()
    if isinstance(widget, QHeaderView):
        return bool(cut_sections(widget))
    if not isinstance(widget, QLabel | QAbstractButton):
        return False
    if isinstance(widget.parentWidget(), QLineEdit) or not widget.text():
        return False
    if isinstance(widget, QLabel) and (widget.wordWrap() or widget.property("elides")):
        return widget.height() < widget.heightForWidth(widget.width())
    return widget.sizeHint().width() > widget.width()


def cut_sections(header: QHeaderView) -> list[str]:
    """Titles of columns that are wider than their column."""
    model = header.model()
    font = QFont(header.font())
    font.setWeight(QFont.Weight.DemiBold)
    found = []
    for section in range(header.count() if model is not None else 0):
        title = str(model.headerData(section, header.orientation()) or "")
        wanted = QFontMetrics(font).horizontalAdvance(title) + 2 * HEADER_PADDING_PX
        if not header.isSectionHidden(section) and wanted > header.sectionSize(section):
            found.append(f"{title} {header.sectionSize(section)} px of {wanted}")
    return found


def describe(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    if isinstance(widget, QComboBox):
        text = widget.currentText()
    if isinstance(widget, QHeaderView):
        text = ", ".join(cut_sections(widget))
    owner = widget.parentWidget().objectName() if widget.parentWidget() else ""
    name = widget.objectName() or f"{type(widget).__name__} in {owner}"
    return f"{name}: '{text}' {widget.width()} px"
