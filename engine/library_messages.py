"""What libraries tell a terminal that says nothing to the person who sits there."""

from __future__ import annotations

import logging


def quiet_libraries() -> None:
    """Keep matplotlib's word about its list of fonts, made at its first use, from the terminal."""
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
