"""The plot of a cut as the record that exports draw."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication

from engine.export.scene.records import Label, Layer, Line, Plot
from gui import theme
from gui.descent.cross_section.panel import GLOBAL, LOCAL, CutPanel, Profile
from gui.racing.racer_style import curve_stroke, describe_marker

BELOW_PX, HALF_TYPE_PX = 12.0, 6.5  # a minimum's name stands so far under it


def describe_cut(panel: CutPanel, names: Sequence[str]) -> Plot | None:
    """What the panel shows; None before there is a profile.

    Args:
        names: of the racers.
    """
    profile = panel.balls.profile
    if profile is None:
        return None
    scale, text = panel.scale_factor, theme.written(theme.current().color("text", 0.8))
    curve = np.column_stack([profile.place, profile.height])
    layers: list[Layer] = [Line("profile", curve, text, 1.8 * scale)]
    for racer, (look, trail) in enumerate(zip(panel.looks, panel.shown_trails, strict=False)):
        stroke = curve_stroke(look, scale=0.7 * scale, signs=False)
        layers.append(stroke.line("curve", trail, name=names[racer], racer=racer))
    layers += [*_minima(profile, scale), *_balls(panel, profile)]
    (x0, x1), (y0, y1) = panel.box.viewRange()
    rect = panel.box.rect()
    return Plot(
        *("cut", panel.axis_title(), panel.loss_title(), (x0, x1, y0, y1)),
        *(rect.width(), rect.height(), tuple(layers)),
        logarithmic=profile.logarithmic,
        type_px=11 * scale,
    )


def _minima(profile: Profile, scale: float) -> list[Layer]:
    """The names of the minima."""
    say, colors = QCoreApplication.translate, theme.current()
    places = zip(profile.minima, profile.heights, profile.lowest, strict=True)
    return [
        Label(
            *(say("descent", GLOBAL if lowest else LOCAL), np.array([x, y])),
            *((0.0, BELOW_PX + HALF_TYPE_PX * scale), colors.text if lowest else colors.muted),
            plate=False,
            bold=False,
        )
        for x, y, lowest in places
    ]


def _balls(panel: CutPanel, profile: Profile) -> list[Layer]:
    casing, scale = theme.written(theme.current().color("casing")), panel.scale_factor
    stems: list[Layer] = []
    marks: list[Layer] = []
    for ball in panel.balls.balls:
        style = theme.current().racer(ball.look)
        foot = float(np.interp(ball.place, profile.place, profile.height))
        place = np.array([[ball.place, ball.height]])
        ends = np.array([[ball.place, ball.height], [ball.place, foot]])
        stems.append(Line("stem", ends, style.color, 1.4, (2, 2)))
        size = (16.0 if ball.chosen else 13.0) * scale
        marks.append(describe_marker("ball", place, style, size, casing, 1.6))
    return [*stems, *marks]
