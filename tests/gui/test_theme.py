"""The two looks: readable by computation, complete, and followed by plots and icons."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from engine.optimizers.looks import FAMILIES, Family
from engine.optimizers.registry import OPTIMIZERS, racer_style
from gui import icons, stylesheet, theme
from gui.appearance import apply
from gui.plots.plot_widget import Plot
from gui.theme import DARK, LIGHT, Theme
from gui.window import Window
from gui.workspaces import workspace_names

LOOKS = pytest.mark.parametrize("look", [DARK, LIGHT], ids=["dark", "light"])


def luminance(color: str) -> float:
    """Relative luminance by WCAG 2."""
    parts = QColor(color).getRgbF()[:3]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def distance(one: str, other: str) -> float:
    """Between two colours, in steps of 255."""
    return math.dist(QColor(one).getRgb()[:3], QColor(other).getRgb()[:3])


def perceived(code: str) -> NDArray[np.float64]:
    """OKLab of "#rrggbb". Source: B. Ottosson, A perceptual color space, 2020."""
    srgb = np.array([int(code[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    cones = [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
    lab = [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
    return np.array(np.array(lab) @ np.cbrt(np.array(cones) @ linear), np.float64)


@pytest.mark.parametrize(
    "colors",
    [theme.CLASSES, *([style.color for style in look.series] for look in (DARK, LIGHT))],
    ids=["classes", "dark", "light"],
)
def test_no_two_colours_are_alike(colors: Sequence[str]) -> None:
    """A tenth in OKLab is seen in thin lines, too; two of the classes once were .077 apart."""
    near = {
        (one, other): apart
        for one, other in combinations(colors, 2)
        if (apart := float(np.linalg.norm(perceived(one) - perceived(other)))) < 0.1
    }
    assert near == {}


@LOOKS
@pytest.mark.parametrize("ground", ["background", "panel", "raised", "field", "hover"])
def test_text_reads_4_5_to_1(look: Theme, ground: str) -> None:
    for token in ("text", "muted"):
        assert contrast(getattr(look, token), getattr(look, ground)) >= 4.5, token


@LOOKS
def test_signs_read_4_5_to_1_and_lines_3_to_1_on_panels(look: Theme) -> None:
    for token in ("error", "warning", "good", "accent"):
        assert contrast(getattr(look, token), look.panel) >= 4.5, token
    assert contrast(look.on_accent, look.accent) >= 4.5
    assert contrast(look.text, look.selection) >= 4.5
    lines = [style.color for style in look.series]
    lines += [look.arrow_gradient, look.arrow_momentum, look.arrow_classical, look.arrow_nesterov]
    for color in lines:
        assert contrast(color, look.panel) >= 3, color


@LOOKS
def test_series_differ_by_more_than_colour(look: Theme) -> None:
    assert len({style.marker for style in look.series}) == len(look.series)
    assert len({style.dash for style in look.series}) == len(look.series)
    assert look.series_style(len(look.series)) == look.series_style(0)


@LOOKS
def test_the_arrows_colours_are_theirs_alone(look: Theme) -> None:
    arrows = (
        look.arrow_gradient,
        look.arrow_momentum,
        look.arrow_classical,
        look.arrow_nesterov,
    )
    shades = [color for family in FAMILIES.values() for color in shades_on(look, family)]
    for color in [style.color for style in look.series] + shades:
        for arrow in arrows:
            assert distance(color, arrow) > 60, (color, arrow)


@LOOKS
@pytest.mark.parametrize("ground", ["background", "panel", "field"])
def test_every_shade_of_a_racer_reads_3_to_1(look: Theme, ground: str) -> None:
    for family in FAMILIES.values():
        for color in shades_on(look, family):
            assert contrast(color, getattr(look, ground)) >= 3, color


def shades_on(look: Theme, family: Family) -> tuple[str, ...]:
    """The shades of racers in a theme."""
    return family.on_dark if look.is_dark else family.on_light


def test_every_marker_of_a_racer_is_drawn() -> None:
    for name in OPTIMIZERS:
        assert DARK.racer(racer_style(name)).marker in Symbols


@LOOKS
def test_the_style_sheet_has_all_its_tokens(look: Theme) -> None:
    sheet = stylesheet.build(look)
    assert "$" not in sheet
    for name in ("up", "down", "right", "check", "check_plain"):
        assert (icons.folder() / look.name / f"{name}.svg").is_file()


def test_both_looks_have_every_token() -> None:
    for field in dataclasses.fields(Theme):
        assert getattr(DARK, field.name) and getattr(LIGHT, field.name)


def test_plots_and_icons_follow(qtbot: QtBot, qapp: QApplication) -> None:
    plot, button = Plot(), QPushButton()
    qtbot.addWidget(plot)
    qtbot.addWidget(button)
    icons.set_icon(button, "play")
    for mode, look in ((theme.Mode.LIGHT, LIGHT), (theme.Mode.DARK, DARK)):
        apply(mode)
        icons.refresh()
        assert plot.backgroundBrush().color() == QColor(look.panel)
        middle = button.icon().pixmap(48, 48).toImage().pixelColor(22, 24)
        assert middle == QColor(look.text)
        assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(look.background)


def test_system_mode_follows_the_desktop(qapp: QApplication) -> None:
    apply(theme.Mode.SYSTEM)
    assert theme.current() is theme.system_theme()


class Styling(QObject):
    """When widgets were styled and painted, counted in those events."""

    def __init__(self) -> None:
        super().__init__()
        self.time = 0
        self.times: dict[QObject, list[int]] = {}
        self.painted: list[int] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.StyleChange:
            self.time += 1
            self.times.setdefault(watched, []).append(self.time)
        elif event.type() is QEvent.Type.Paint:
            self.time += 1
            self.painted.append(self.time)
        return False


def test_a_change_of_theme_styles_what_is_seen_first_and_each_widget_about_twice(
    window: Window, qtbot: QtBot
) -> None:
    """As the application's, the sheet was put on once for each widget around it: eight times."""
    for name in ("training", "detection", "descent"):
        window.show_workspace(name)
    with qtbot.waitExposed(window):
        window.show()
    styling = Styling()
    frame = {window.centralWidget(), *window.centralWidget().findChildren(QStackedWidget)[:1]}
    inside = set(window.findChildren(QWidget)) - frame  # the frame has no look of its own
    for widget in inside:
        widget.installEventFilter(styling)
    window.set_theme(theme.Mode.LIGHT)
    seen = {widget for widget in inside if widget.isVisible()}
    behind = {
        widget
        for name in ("training", "detection")
        for widget in window.workspace(name).findChildren(QWidget)
    }
    qtbot.waitUntil(lambda: inside <= set(styling.times) and bool(styling.painted), timeout=60_000)
    for widget in inside:
        widget.removeEventFilter(styling)
    last_seen = max(styling.times[widget][-1] for widget in seen)
    assert last_seen < min(styling.times[widget][-1] for widget in behind)
    assert min(styling.painted) > last_seen, "two themes in one picture"
    assert sum(map(len, styling.times.values())) < 2.5 * len(inside)


def test_dialogs_wear_the_theme_of_their_window(window: Window, qtbot: QtBot) -> None:
    window.set_theme(theme.Mode.LIGHT)
    qtbot.waitUntil(window.updatesEnabled, timeout=60_000)  # all that is seen has changed
    for ask in (window.commands.show_about, window.commands.show_shortcuts):
        ask()
        dialog = window.findChildren(QDialog)[-1]
        button = dialog.findChild(QPushButton)
        assert button is not None
        with qtbot.waitExposed(dialog):
            dialog.show()
        dialog.setFocus()  # its ring is of another colour
        assert button.grab().toImage().pixelColor(8, 12) == QColor(LIGHT.raised)
        assert button.icon().isNull()
        dialog.reject()


def test_every_icon_that_an_action_names_is_drawn(window: Window) -> None:
    for name in workspace_names():
        window.show_workspace(name)
        for spec in window.actions_in_use():
            if spec.icon:
                assert not icons.pixmap(spec.icon, "#ffffff", 24).isNull()


@LOOKS
def test_examples_of_two_classes_read_on_both_sides_of_a_boundary(look: Theme) -> None:
    for ink in look.side_inks:
        for tint in look.side_tints:
            assert contrast(ink, tint) >= 3, (ink, tint)
    low, middle, high = look.side_tints
    # Blue against yellow, which all the common kinds of colour blindness leave apart.
    assert QColor(low).blue() - QColor(high).blue() > 90
    assert min(distance(low, middle), distance(high, middle)) > 60
