"""Every optimizer is told from every other, on any ground, in print and by the colour-blind."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.optimizers import looks
from engine.optimizers.looks import FAMILIES, RacerStyle
from engine.optimizers.racer import Racer, name_racers
from engine.optimizers.registry import OPTIMIZERS, racer_style

GROUNDS = pytest.mark.parametrize("dark", [True, False], ids=["dark", "light"])
IN_PRINT = 1.3  # contrast of two greys that are told apart side by side
# Linear RGB as the colour-blind see it. Source: Machado, Oliveira and Fernandes 2009, severity 1.
BLIND = {
    "protan": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "deutan": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
}


def linear(color: str) -> NDArray[np.float64]:
    """Linear RGB of "#rrggbb"."""
    srgb = np.array([int(color[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """By WCAG 2."""
    low, high = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other))
    return (high + 0.05) / (low + 0.05)


def differences(one: RacerStyle, other: RacerStyle, *, dark: bool) -> int:
    """In how many of dash, marker and grey two differ: what a greyscale copy keeps."""
    greys = contrast(one.color(dark=dark), other.color(dark=dark))
    marker = (one.marker, one.fill) != (other.marker, other.fill)
    return (one.dash != other.dash) + marker + (greys >= IN_PRINT)


@GROUNDS
def test_all_optimizers_differ_in_two_ways_in_a_greyscale_copy(dark: bool) -> None:
    styles = {name: racer_style(name) for name in OPTIMIZERS}
    alike = [
        (one, other)
        for one, other in combinations(styles, 2)
        if differences(styles[one], styles[other], dark=dark) < 2
    ]
    assert alike == []


@GROUNDS
def test_five_racers_of_one_optimizer_are_told_apart(dark: bool) -> None:
    for name in OPTIMIZERS:
        styles = [racer_style(name, number) for number in range(looks.SHADES)]
        assert len({style.dash for style in styles}) == 1  # still this optimizer
        for one, other in combinations(styles, 2):
            assert contrast(one.color(dark=dark), other.color(dark=dark)) >= IN_PRINT, name
        for one, other in pairwise(styles):
            assert differences(one, other, dark=dark) == 2, name


def test_a_hue_is_a_familys() -> None:
    """Members of one differ in dash and marker; the notes' own pairs differ in colour, too."""
    for one, other in combinations(OPTIMIZERS.values(), 2):
        if one.appearance.family == other.appearance.family:
            assert one.appearance.dash != other.appearance.dash, (one.name, other.name)
            assert one.appearance.marker != other.appearance.marker, (one.name, other.name)


@GROUNDS
@pytest.mark.parametrize("sight", BLIND)
def test_the_first_races_colours_are_told_apart_by_the_colour_blind(dark: bool, sight: str) -> None:
    seen = {}
    for name in ("sgd", "momentum", "nesterov", "adam", "rmsprop"):
        seen[name] = np.clip(
            np.array(BLIND[sight]) @ linear(racer_style(name).color(dark=dark)), 0, 1
        )
    for one, other in combinations(seen, 2):
        # Between gamma-corrected values, in shares of the whole range.
        apart = np.abs(seen[one] ** (1 / 2.2) - seen[other] ** (1 / 2.2)).max()
        assert apart > 0.12, (one, other)


def test_racers_of_one_optimizer_are_numbered_and_keep_their_numbers() -> None:
    racers = name_racers((Racer("sgd"), Racer("adam"), Racer("sgd"), Racer("sgd", occurrence=1)))
    assert [(racer.optimizer, racer.occurrence) for racer in racers] == [
        ("sgd", 0), ("adam", 0), ("sgd", 2), ("sgd", 1)
    ]  # fmt: skip
    assert name_racers(racers) == racers
    assert name_racers(racers[2:]) == racers[2:]  # the first has left


def test_shades_grow_fainter() -> None:
    for family in FAMILIES.values():
        for shades, ground in ((family.on_dark, "#000000"), (family.on_light, "#ffffff")):
            strengths = [contrast(shade, ground) for shade in shades]
            assert strengths == sorted(strengths, reverse=True)
