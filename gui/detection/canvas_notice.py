"""A note over the picture: nothing found and why, or a file that cannot be read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui import theme

TEXT_WIDTH = 440


class CanvasNotice(QFrame):
    """A heading, a sentence and what to try.

    Signals:
        threshold_wanted: lower the score threshold to this.
        model_wanted: try this model.
        open_wanted: open another picture.
    """

    threshold_wanted = Signal(float)
    model_wanted = Signal(str)
    open_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Lie over a canvas."""
        super().__init__(parent)
        self.setObjectName("detection.notice")
        self.setProperty("role", "notice")
        self._threshold = 0.0
        self._model = ""
        self.heading = QLabel(self)
        self.heading.setProperty("role", "heading")
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.text = QLabel(self)
        self.text.setObjectName("detection.notice.text")
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.try_lower = QPushButton(self)
        self.try_lower.setObjectName("detection.notice.lower.button")
        self.try_other = QPushButton(self)
        self.try_other.setObjectName("detection.notice.model.button")
        self.try_open = QPushButton(self)
        self.try_open.setObjectName("detection.notice.open.button")
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP)
        for button in (self.try_lower, self.try_other, self.try_open):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.heading)
        layout.addWidget(self.text)
        layout.addLayout(buttons)
        self._place = QVBoxLayout(parent)
        self._place.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        self._place.addStretch(1)
        self._place.addWidget(self, 0, Qt.AlignmentFlag.AlignHCenter)
        self._place.addStretch(0)
        self.try_lower.clicked.connect(self._lower)
        self.try_other.clicked.connect(self._other)
        self.try_open.clicked.connect(self.open_wanted)
        theme.notifier().changed.connect(self.apply_theme)
        self.apply_theme()
        self.hide()

    def _appear(self, *, middle: bool) -> None:
        """In the middle of an empty canvas, or at the foot of a picture."""
        # A wrapped label's height is not known to the layouts around it.
        ground = self.parentWidget()
        width = min(TEXT_WIDTH, max(ground.width() - 96, 200)) if ground else TEXT_WIDTH
        self.text.setFixedSize(width, self.text.heightForWidth(width))
        self._place.setStretch(2, 1 if middle else 0)
        self.show()

    def show_nothing(
        self,
        *,
        score: float,
        known: str,
        best: tuple[float, str] | None,
        floor: float,
        other: tuple[str, str] | None,
    ) -> None:
        """Say why there is no detection and what could bring one.

        Args:
            score: the threshold.
            known: names of the classes that the model knows.
            best: score and class of the best candidate, or None without any.
            floor: the lowest threshold there is.
            other: name and title of another model to try, or None.
        """
        self.heading.setText(self.tr("Nothing above {score}").format(score=_two(score)))
        sentences = [self.tr("This model knows: {classes}.").format(classes=known)]
        if best is None:
            sentences.append(self.tr("It has no candidate at all in this picture."))
        else:
            sentences.append(
                self.tr("Its best candidate is {name} with {score}.").format(
                    name=best[1], score=_two(best[0])
                )
            )
        self.text.setText(" ".join(sentences))
        # Two decimals, rounded down, so that the candidate is really above it.
        self._threshold = 0.0 if best is None else max(int(best[0] * 100 - 1e-9) / 100, floor)
        useful = best is not None and floor < best[0] <= score
        self.try_lower.setVisible(useful)
        self.try_lower.setText(
            self.tr("Lower the threshold to {score}").format(score=_two(self._threshold))
        )
        self._offer(other)
        self.try_open.hide()
        self._appear(middle=False)

    def show_problem(
        self, heading: str, text: str, *, other: tuple[str, str] | None = None
    ) -> None:
        """Say what went wrong with the picture or the model."""
        self.heading.setText(heading)
        self.text.setText(text)
        self.try_lower.hide()
        self._offer(other)
        self.try_open.setText(self.tr("Open another picture…"))
        self.try_open.show()
        self._appear(middle=True)

    def show_wait(self, heading: str, text: str) -> None:
        """Say what is being waited for."""
        self.heading.setText(heading)
        self.text.setText(text)
        for button in (self.try_lower, self.try_other, self.try_open):
            button.hide()
        self._appear(middle=True)

    def _offer(self, other: tuple[str, str] | None) -> None:
        self.try_other.setVisible(other is not None)
        if other is not None:
            self._model = other[0]
            self.try_other.setText(self.tr("Try the model {model}").format(model=other[1]))

    def _lower(self) -> None:
        self.threshold_wanted.emit(self._threshold)

    def _other(self) -> None:
        self.model_wanted.emit(self._model)

    def apply_theme(self) -> None:
        """An opaque plate, readable over any picture."""
        colors = theme.current()
        self.setStyleSheet(
            f"QFrame[role='notice'] {{ background: {colors.panel};"
            f" border: 1px solid {colors.border}; border-radius: 8px; }}"
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            # Its owner writes it anew.
            self.hide()
        super().changeEvent(event)


def _two(value: float) -> str:
    return QLocale().toString(value, "f", 2)
