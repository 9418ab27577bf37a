"""In Russian no English word is left: in any text, and on any widget, but for names."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QTableWidget,
    QTabWidget,
    QWidget,
)

from gui import app
from gui.settings import Settings
from gui.window import Window
from gui.workspaces import WORKSPACES
from tests.gui.conftest import JOIN_S
from tests.test_structure import ROOT

# Names of rules, models, formats, keys, functions and settings, as the field writes them.
NAMES = """
abs Adadelta Adagrad Adam Adamax AdamW alpha Alt amsgrad AMSGrad annotations AP Apache aS auto
beta bfloat categories centered class cls CMYK COCO cos CosineAnnealingLR cpu CSV csv Ctrl
dampening damping data decay decrease Del Delete dh dict domain Down dt dw dx dy
efficientnet_lite End end_factor English Enter eps Esc eta eta_min eta_minus eta_plus EXIF exp
false Fast Faster float FPN gamma GIF gif HEIC hidden history_size Home html id ImageNet images
imgs Infinity initial_accumulator_value inputs install IoU jog JPEG JPEGImages json JSON
Keypoint L-BFGS L_box L_cls L_mask L_reg LabelMe LaTeX learn leave-out-bad line_search_fn
LinearLR Lion ln log loss lr lr_decay lr_scheduler Markdown Mask max_iter mean md MobileNetV model
module momentum momentum_decay MP NAdam NaN nesterov NMS npz OpenGL optim optimizer overwrite
own Page painted Pascal patience pdf PDF person PgDn PgDown PgUp pi pillow-heif pip PNG png py
Python PyTorch pytorch_model R-CNN RAdam reg ReLU ResNet resume Return RGB rho RMSprop RoI
RoIAlign RPN Rprop saddle_free safetensors save Search seed Selective SGD SHA Shift shrink
sigmoid sin spec sqrt start_factor state state_dict step_max step_min step_size StepLR svg SVG
T_max Tab tanh targets task tensorboard TensorBoard test test_inputs test_targets Thalweg
thalweg theta tolerance tolerance_change tolerance_grad torch TORCH torchvision total_iters
train true txt Up UTF uv val Viridis VOC webp WebP weight weight_decay XOR xy yaml yml YOLO
"""
WORD = re.compile(r"[A-Za-z][A-Za-z_'-]+")
KNOWN = frozenset(WORD.findall(NAMES))


def english(text: str) -> set[str]:
    """The Latin words of a text that are no names."""
    text = re.sub(r"\{[^}]*\}|<[^>]+>", " ", html.unescape(text)).replace("&", "")
    words = {found.rstrip("-'") for found in WORD.findall(text)}
    return {word for word in words if len(word) > 1} - KNOWN


def test_no_translation_keeps_an_english_word() -> None:
    tree = ElementTree.parse(ROOT / "resources" / "translations" / "thalweg_ru.ts")
    left = {}
    for message in tree.iter("message"):
        translation = message.find("translation")
        forms = [translation, *translation] if translation is not None else []
        for form in forms:
            words = english(form.text or "")
            if words:
                left[form.text] = words
    assert left == {}


def texts(root: QWidget) -> Iterator[tuple[QObject, str]]:
    """Everything that a person can read on a widget and on all within it."""
    for widget in (root, *root.findChildren(QWidget)):
        told = [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        told.append(widget.windowTitle())
        if isinstance(widget, QLabel | QAbstractButton):
            told.append(widget.text())
        if isinstance(widget, QGroupBox):
            told.append(widget.title())
        if isinstance(widget, QLineEdit):
            told.append(widget.placeholderText())
        if isinstance(widget, QComboBox):
            told += [widget.itemText(index) for index in range(widget.count())]
        if isinstance(widget, QTabWidget):
            for index in range(widget.count()):
                told += [widget.tabText(index), widget.tabToolTip(index)]
        if isinstance(widget, QListWidget):
            told += [widget.item(row).text() for row in range(widget.count())]
        if isinstance(widget, QTableWidget):
            columns, rows = range(widget.columnCount()), range(widget.rowCount())
            cells = [widget.item(row, column) for row in rows for column in columns]
            cells += [widget.horizontalHeaderItem(column) for column in columns]
            told += [text for cell in cells if cell for text in (cell.text(), cell.toolTip())]
        yield from ((widget, text) for text in told)
    for action in root.findChildren(QAction):
        if action.objectName():  # pyqtgraph's own are in no menu
            yield action, action.text()
            yield action, action.toolTip()


@pytest.fixture
def russian(settings: Settings) -> Iterator[Window]:
    """The window in Russian with all its workspaces, not shown."""
    settings.set_text("view/language", "ru")
    made = app.build_window(settings)
    yield made
    assert made.bridge.close(JOIN_S)
    made.close()
    made.deleteLater()


def test_no_widget_of_any_workspace_or_dialog_says_an_english_word(russian: Window) -> None:
    for name in WORKSPACES:
        russian.workspace(name)
    descent = russian.workspace("descent")
    for feature in ("stability", "fair_race", "bifurcation", "explanation"):
        assert getattr(descent, feature).dialog.windowTitle()
    for surface in ("quadratic", "two-wells", "line-fit"):
        descent.editor.choose_surface(surface)  # type: ignore[attr-defined]
        left = {
            (type(place).__name__, place.objectName(), text)
            for place, text in texts(russian)
            if english(text)
        }
        assert left == set()
    read = {text for _, text in texts(russian)}
    assert len(read) > 500 and "Бифуркации" in read  # the walk does see them
