"""What can be done with a training, in the menus."""

from __future__ import annotations

from collections.abc import Callable

from gui.actions import ActionSpec
from gui.i18n import QT_TRANSLATE_NOOP
from gui.training.live_run import LiveRun


def training_actions(
    live: LiveRun,
    *,
    start: Callable[[], None],
    use: Callable[[], None],
    can_use: Callable[[], bool],
) -> list[ActionSpec]:
    """The records of the Run menu.

    Args:
        start: trains what the form describes.
        use: detects with the run that is selected.
        can_use: whether its weights are there.
    """
    return [
        ActionSpec(
            "training.start",
            QT_TRANSLATE_NOOP("actions", "&Start Training"),
            "Run",
            start,
            "Ctrl+Return",
            icon="play",
            enabled=live.is_idle,
        ),
        ActionSpec(
            "training.stop",
            QT_TRANSLATE_NOOP("actions", "S&top Training"),
            "Run",
            live.stop,
            "Ctrl+.",
            icon="stop",
            enabled=live.is_running,
        ),
        ActionSpec(
            "training.pause",
            QT_TRANSLATE_NOOP("actions", "&Pause or Resume Training"),
            "Run",
            live.pause,
            icon="pause",
            enabled=live.can_pause,
        ),
        ActionSpec(
            "training.evaluate",
            QT_TRANSLATE_NOOP("actions", "&Evaluate Now"),
            "Run",
            live.evaluate,
            enabled=live.can_evaluate,
        ),
        ActionSpec(
            "training.use",
            QT_TRANSLATE_NOOP("actions", "&Use in Detection"),
            "Run",
            use,
            section=20,
            enabled=can_use,
        ),
    ]
