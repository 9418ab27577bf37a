"""The pictures that come with the program; resources/samples/CREDITS.md says whose they are."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

# For a first look, best first; a model finds nothing in what is not named here.
FOR_MODEL = {
    "people": ("astronaut.jpg", "grace_hopper.jpg", "camera.jpg", "airfield.jpg"),
    "nuclei": ("nuclei.png",),
    "shapes": ("shapes.png", "shapes-2.png"),
}


def folder() -> Path:
    """Where the samples lie."""
    return Path(str(files("resources"))) / "samples"


def sample(model: str = "people") -> Path:
    """A picture in which a model finds something; any photograph for an unknown model."""
    for name in FOR_MODEL.get(model, ()):
        if (folder() / name).is_file():
            return folder() / name
    return folder() / FOR_MODEL["people"][0]


def all_samples() -> tuple[Path, ...]:
    """Every sample picture, by name."""
    return tuple(sorted(path for path in folder().iterdir() if path.suffix in (".jpg", ".png")))
