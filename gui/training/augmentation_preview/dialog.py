"""A few pictures of a training, varied as its steps will get them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSize, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from gui import theme
from gui.training.augmentation_preview.view import AugmentedView
from gui.widgets.dialogs.job_dialog import JobDialog
from gui.widgets.dialogs.layout import lay_out, quiet_button

if TYPE_CHECKING:
    from engine.training.data_check.augmented_pictures import AugmentedPicture

COLUMNS, ROWS = 3, 2
COUNT = COLUMNS * ROWS
FIRST_SIZE = QSize(980, 640)


class PreviewDialog(JobDialog):
    """`COUNT` pictures, and a button for the next ones.

    Signals:
        again_wanted: the next draws.
    """

    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("training.preview", parent)
        self.views = [AugmentedView(self) for _ in range(COUNT)]
        self.captions = [QLabel(self) for _ in range(COUNT)]
        self.again = quiet_button("training.preview.again", self)
        self._lay_out()
        self.resize(FIRST_SIZE)
        self.again.clicked.connect(self.again_wanted)
        self.retranslate()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(theme.GAP)
        for index, (view, caption) in enumerate(zip(self.views, self.captions, strict=True)):
            view.setObjectName(f"training.preview.{index}.view")
            caption.setProperty("role", "muted")
            caption.setFont(theme.tabular(caption.font()))
            row, column = divmod(index, COLUMNS)
            grid.addWidget(caption, 2 * row, column)
            grid.addWidget(view, 2 * row + 1, column)
            grid.setRowStretch(2 * row + 1, 1)
        parts = (self.heading, self.strip, grid)
        lay_out(self, parts, [self.again], self.close_button, spacing=theme.GAP)

    def set_pictures(self, pictures: Sequence[AugmentedPicture]) -> None:
        """Show these in their order; the places left are empty."""
        number = QLocale()
        for index, (view, caption) in enumerate(zip(self.views, self.captions, strict=True)):
            shown = pictures[index] if index < len(pictures) else None
            view.set_picture(shown)
            text = ""
            if shown is not None:
                height, width = shown.pixels.shape[:2]
                text = self.tr("Draw {number}, {width} x {height} px").format(
                    number=number.toString(shown.number + 1), width=width, height=height
                )
            caption.setText(text)

    def say(self, text: str) -> None:
        """One sentence above the pictures; "" for what they are."""
        usual = self.tr(
            "Pictures as this training's steps get them, by its seed. Dashed: nothing is learnt"
            " there. L and R: sides of keypoints, which a mirror exchanges."
        )
        self.heading.setText(text or usual)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Preview of the Augmentation"))
        self.again.setText(self.tr("Another Draw"))
        self.again.setToolTip(self.tr("The pictures of the next steps"))
        self.close_button.setText(self.tr("Close"))
        self.close_button.setToolTip(self.tr("Close the preview"))
        for index, view in enumerate(self.views):
            text = self.tr("Augmented picture {number}").format(number=index + 1)
            view.setAccessibleName(text)
        self.set_pictures([view.shown for view in self.views if view.shown is not None])
        self.say("")
