"""The colours and measures of an annotated picture."""

from __future__ import annotations

from dataclasses import dataclass

Colour = tuple[int, int, int]

# Okabe and Ito's colours, brightened to stand out on photographs.
PALETTE: tuple[Colour, ...] = (
    (86, 180, 233), (230, 159, 0), (47, 199, 154), (240, 228, 66),
    (255, 122, 69), (228, 143, 192), (143, 155, 255), (199, 227, 139),
)  # fmt: skip
SIDES: dict[str, Colour] = {  # of a skeleton
    "left": (86, 180, 233),
    "right": (230, 159, 0),
    "middle": (240, 240, 240),
}
CASING: Colour = (20, 20, 20)  # under every line, so that it shows on any ground


@dataclass(frozen=True)
class Style:
    """How an annotated picture is drawn.

    Attributes:
        line_width: px; None to follow the picture's size.
        text_height: px of a capital letter; None to follow the picture's size.
        mask_opacity: 0 to 1.
        outline: a line around each mask.
        labels: a plate with class and score at each box.
    """

    line_width: int | None = None
    text_height: int | None = None
    mask_opacity: float = 0.45
    outline: bool = True
    labels: bool = True

    def line(self, picture_size: tuple[int, int]) -> int:
        """Line width in px for a picture of (height, width)."""
        return self.line_width or max(1, round(_middle_side(picture_size) / 350))

    def text(self, picture_size: tuple[int, int]) -> int:
        """Height of a capital letter in px for a picture of (height, width)."""
        return self.text_height or max(9, round(_middle_side(picture_size) / 60))


def instance_colour(index: int) -> Colour:
    """The colour of the index-th detection; they repeat."""
    return PALETTE[index % len(PALETTE)]


def level_colour(level: int) -> Colour:
    """The colour of a feature level."""
    return PALETTE[level % len(PALETTE)]


def on_colour(colour: Colour) -> Colour:
    """Black or white, whichever reads better on a ground of this colour (WCAG contrast)."""
    linear = [
        value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in colour)
    ]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return (0, 0, 0) if luminance > 0.179 else (255, 255, 255)


def _middle_side(picture_size: tuple[int, int]) -> float:
    return (picture_size[0] * picture_size[1]) ** 0.5
