"""The colours and measures of an annotated picture."""

from __future__ import annotations

from dataclasses import dataclass

Colour = tuple[int, int, int]

# Okabe and Ito's colours, brightened to stand out on photographs.
BRIGHT: tuple[Colour, ...] = (
    (86, 180, 233), (230, 159, 0), (47, 199, 154), (240, 228, 66),
    (255, 122, 69), (228, 143, 192), (143, 155, 255), (199, 227, 139),
)  # fmt: skip
PALETTES: dict[str, tuple[Colour, ...]] = {
    "bright": BRIGHT,
    "okabe-ito": (  # as published, for light pictures and print
        (0, 114, 178), (213, 94, 0), (0, 158, 115), (204, 121, 167),
        (86, 180, 233), (230, 159, 0), (240, 228, 66), (20, 20, 20),
    ),
    "viridis": (
        (68, 1, 84), (70, 50, 126), (54, 92, 141), (39, 127, 142),
        (31, 161, 135), (74, 193, 109), (160, 218, 57), (253, 231, 37),
    ),
    "white": ((255, 255, 255),),
}  # fmt: skip
SIDES: dict[str, Colour] = {  # of a skeleton
    "left": (86, 180, 233),
    "right": (230, 159, 0),
    "middle": (240, 240, 240),
}
CASING: Colour = (20, 20, 20)  # under every line, so that it shows on any ground
MASKS = ("both", "fill", "contour")
LABEL_PARTS = ("number", "class", "score")


@dataclass(frozen=True)
class Style:
    """How an annotated picture is drawn.

    Attributes:
        palette: of `PALETTES`.
        by_class: one colour a class, not one a detection.
        line_width: px; None to follow the picture's size.
        text_height: px of a capital letter; None to follow the picture's size.
        mask: of `MASKS`: a filling, a line around it, or both.
        label: of `LABEL_PARTS`, in that order; none for no plates.
        skeleton: lines between the keypoints, which are drawn in any case.
        opacities: (layer, 0 to 1) for those layers that differ from the usual.
    """

    palette: str = "bright"
    by_class: bool = False
    line_width: int | None = None
    text_height: int | None = None
    mask: str = "both"
    label: tuple[str, ...] = ("class", "score")
    skeleton: bool = True
    opacities: tuple[tuple[str, float], ...] = ()

    def line(self, picture_size: tuple[int, int]) -> int:
        """Line width in px for a picture of (height, width)."""
        return self.line_width or max(1, round(_middle_side(picture_size) / 350))

    def text(self, picture_size: tuple[int, int]) -> int:
        """Height of a capital letter in px for a picture of (height, width)."""
        return self.text_height or max(9, round(_middle_side(picture_size) / 60))

    def colour(self, index: int, label: int) -> Colour:
        """The colour of the index-th detection, whose label counts from 1; they repeat."""
        palette = PALETTES[self.palette]
        return palette[(label - 1 if self.by_class else index) % len(palette)]

    def words(self, index: int, name: str, score: float) -> str:
        """What the plate of the index-th detection says."""
        told = {"number": f"#{index + 1}", "class": name, "score": f"{score:.2f}"}
        return " ".join(told[part] for part in LABEL_PARTS if part in self.label)

    def short(self, index: int, score: float) -> str:
        """What it says where there is no room for all; empty where it cannot be shortened."""
        if len(self.label) > 1:
            return f"{score:.2f}" if "score" in self.label else f"#{index + 1}"
        return ""


DEFAULT_STYLE = Style()


def level_colour(level: int) -> Colour:
    """The colour of a feature level."""
    return BRIGHT[level % len(BRIGHT)]


def on_colour(colour: Colour) -> Colour:
    """Black or white, whichever reads better on a ground of this colour (WCAG contrast)."""
    linear = [
        value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in colour)
    ]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return (0, 0, 0) if luminance > 0.179 else (255, 255, 255)


def _middle_side(picture_size: tuple[int, int]) -> float:
    result: float = (picture_size[0] * picture_size[1]) ** 0.5
    return result
