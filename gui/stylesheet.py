"""The Qt style sheet, made from a theme's tokens."""

from __future__ import annotations

from string import Template

from PySide6.QtGui import QColor

from gui.icons import image_path
from gui.theme import Theme

# Written for Fusion. Padding and radii stay on the 4 px half grid.
SHEET = Template("""
* { outline: none; }
QMainWindow { background: $background; color: $text; }
QDialog { background: $panel; color: $text; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 4px 8px; }

QMenuBar { background: $background; color: $text; padding: 2px 4px; }
QMenuBar::item { padding: 4px 10px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $hover; }
QMenu { background: $panel; color: $text; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 28px; border-radius: 4px; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: 16px; height: 16px; left: 6px; }
QMenu::indicator:checked { image: url($check_plain); }
QMenu::right-arrow { image: url($right); width: 14px; height: 14px; right: 6px; }

QStatusBar { background: $background; color: $muted; border-top: 1px solid $border; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $muted; padding: 2px 8px; }

QSplitter::handle { background: $background; }
QSplitter::handle:hover { background: $accent; }
QSplitter::handle:horizontal { width: 4px; }
QSplitter::handle:vertical { height: 4px; }

QLabel { background: transparent; }
QLabel:disabled { color: $disabled; }
QLabel[role="heading"] { font-size: 15px; font-weight: 600; color: $text; }
QLabel[role="section"] { font-size: 11px; font-weight: 600; color: $muted; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="error"] { color: $error; }
QLabel[role="warning"] { color: $warning; }
QFrame[role="panel"], QWidget[role="panel"] { background: $panel; }
QFrame[role="rule"] { background: $border; border: none; max-height: 1px; }

QPushButton { background: $raised; color: $text; border: 1px solid $border; border-radius: 4px;
  padding: 5px 12px; min-height: 16px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $selection; border-color: $accent; }
QPushButton:focus { border: 2px solid $accent; padding: 4px 11px; }
QPushButton:disabled { color: $disabled; background: $panel; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent;
  font-weight: 600; }
QPushButton[role="primary"]:hover { background: $accent_hover; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled { background: $raised; color: $disabled;
  border-color: $border; }
QPushButton::menu-indicator { image: url($down); width: 12px; height: 12px; right: 6px; }

QToolButton { background: transparent; color: $text; border: 1px solid transparent;
  border-radius: 4px; padding: 4px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $selection; border-color: $accent; }
QToolButton:focus { border: 2px solid $accent; padding: 3px; }
QToolButton:disabled { color: $disabled; }
QToolButton::menu-indicator { image: none; }
QToolButton[role="disclosure"] { color: $muted; padding: 3px 0; }
QToolButton[role="disclosure"]:checked { background: transparent; border-color: transparent; }
QToolButton[role="disclosure"]:hover { color: $text; background: $hover; }
QToolButton[role="disclosure"]:focus { border: 2px solid $accent; padding: 2px 0; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox { background: $field;
  color: $text; border: 1px solid $border; border-radius: 4px; padding: 4px 8px; min-height: 18px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:hover, QComboBox:hover { border-color: $muted; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
  border: 2px solid $accent; padding: 3px 7px; }
QComboBox:focus { padding-right: 1px; }
QLineEdit:disabled, QComboBox:disabled { color: $disabled; background: $panel; }
QLineEdit[wrong="true"], QLineEdit[wrong="true"]:focus { border: 2px solid $error;
  padding: 3px 7px; }
QComboBox { background: $raised; padding-right: 2px; combobox-popup: 0; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url($down); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: $panel; color: $text; border: 1px solid $border;
  padding: 4px; selection-background-color: $hover; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: 24px; padding: 2px 8px; }

QCheckBox, QRadioButton { spacing: 8px; background: transparent; padding: 2px; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator { width: 14px;
  height: 14px; border: 1px solid $muted; background: $field; border-radius: 3px; }
QRadioButton::indicator { border-radius: 7px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: $accent;
  border-color: $accent; image: url($check); }
QRadioButton::indicator:checked { background: $accent; width: 8px; height: 8px;
    border: 4px solid $field; border-radius: 8px; }
QCheckBox:focus, QRadioButton:focus { border: 1px solid $accent; border-radius: 4px;
  padding: 1px; }

QSlider { min-height: 24px; background: transparent; }
QSlider::groove:horizontal { height: 4px; background: $border; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { background: $knob; border: 1px solid $muted; width: 14px;
  height: 14px; margin: -6px 0; border-radius: 8px; }
QSlider::handle:horizontal:hover { background: $accent; }
QSlider::handle:horizontal:focus { border: 2px solid $accent; }
QSlider:disabled { color: $disabled; }
QSlider::handle:horizontal:disabled { background: $disabled; }
QSlider::sub-page:horizontal:disabled { background: $border; }

QProgressBar { background: $border; border: none; border-radius: 3px; max-height: 6px;
  min-height: 6px; color: transparent; text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QAbstractScrollArea { background: $panel; border: none; }
QScrollArea > QWidget > QWidget { background: $panel; }
QAbstractItemView { background: $panel; color: $text; border: none; gridline-color: $border;
  selection-background-color: $selection; selection-color: $text;
  alternate-background-color: $panel; }
QAbstractItemView::item { padding: 2px 4px; border: none; }
QAbstractItemView::item:hover { background: $hover; }
QAbstractItemView::item:selected { background: $selection; color: $text; }
QAbstractItemView:focus { border: 1px solid $accent; }
QHeaderView { background: $panel; border: none; }
QHeaderView::section { background: $panel; color: $muted; border: none;
  border-bottom: 1px solid $border; padding: 4px 6px; font-weight: 600; }
QHeaderView::down-arrow { image: url($up); width: 10px; height: 10px; }
QHeaderView::up-arrow { image: url($down); width: 10px; height: 10px; }
QTableCornerButton::section { background: $panel; border: none; }

QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $border; border-radius: 4px; margin: 1px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: none; border: none; width: 0; height: 0; }

QTabWidget::pane { border: none; background: $panel; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $muted; padding: 6px 12px; border: none;
  border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }

QGroupBox { background: transparent; border: none; margin-top: 24px; padding: 0;
  font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; subcontrol-position: top left; color: $muted;
  padding: 4px 0; }

QWidget[role="rail"] { background: $background; border-right: 1px solid $border; }
QToolButton[role="rail"] { color: $muted; border: none; border-left: 3px solid transparent;
  border-radius: 0; padding: 8px 3px 8px 0; font-size: 11px; }
QToolButton[role="rail"]:hover { color: $text; background: $panel; }
QToolButton[role="rail"]:checked { color: $text; background: $panel;
  border-left: 3px solid $accent; }
QToolButton[role="rail"]:focus { color: $text; }

QFrame[role="banner"] { background: $panel; border: none; border-bottom: 1px solid $border;
  border-left: 4px solid $error; }
QFrame[role="banner"] QLabel { color: $text; }

QWidget[role="veil"] { background: $veil; border: 2px dashed $accent; }
QLabel[role="drop"] { background: $panel; color: $text; border: 1px solid $accent;
  border-radius: 4px; padding: 12px 20px; font-size: 18px; }
""")


def build(theme: Theme) -> str:
    """The whole style sheet for a theme."""
    tokens = {name: value for name, value in vars(theme).items() if isinstance(value, str)}
    tokens["accent_hover"] = theme.color("accent").lighter(112).name()
    tokens["veil"] = theme.color("background", 0.6).name(QColor.NameFormat.HexArgb)
    for name in ("up", "down", "right", "check", "check_plain"):
        tokens[name] = image_path(theme.name, name)
    return SHEET.substitute(tokens)
