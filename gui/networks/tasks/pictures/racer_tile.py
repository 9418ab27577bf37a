"""One racer's own picture with a line of title above it, and the grid of them."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from engine.networks.tasks.frame import FitFrame
from engine.optimizers.looks import RacerStyle
from gui import number_text, theme
from gui.i18n import QT_TRANSLATE_NOOP
from gui.racing.racer_style import draw_swatch

TITLE_PX, TEXT_PX, SMALL_PX = 20, 12, 10
KEY_PX = 24  # of the swatch
PAD_PX = 4
GAP_PX = 6  # between tiles
WIDEST = 1.4  # a picture is at most so many times wider than high, or higher than wide

STATES = {
    "converged": QT_TRANSLATE_NOOP("networks", "converged"),
    "stopped": QT_TRANSLATE_NOOP("networks", "stopped early"),
    "diverged": QT_TRANSLATE_NOOP("networks", "diverged"),
}
ACCURACY = QT_TRANSLATE_NOOP("networks", "train {train} %, test {test} %")
LOSSES = QT_TRANSLATE_NOOP("networks", "loss {train}, test {test}")
LOSS = QT_TRANSLATE_NOOP("networks", "loss {loss}")


def percent(share: float) -> str:
    """A share of 1 as whole per cents; 100 and 0 are said of all and none alone."""
    if not math.isfinite(share):
        return "–"
    whole = round(100 * share)
    if share < 1:
        whole = min(whole, 99)
    return str(max(whole, 1) if share > 0 else whole)


def loss_text(loss: float) -> str:
    """A loss with three digits; a dash for none."""
    return number_text.write(float(loss), digits=3) if math.isfinite(loss) else "–"


def notes_of(frame: FitFrame, racer: int) -> list[str]:
    """What is said of a racer at a step, the most detailed first."""
    say = QCoreApplication.translate
    state = STATES.get(frame.state[racer])
    if frame.state[racer] == "diverged" and state is not None:
        return [say("networks", state)]
    if math.isfinite(frame.train_accuracy[racer]):
        train, test = frame.train_accuracy[racer], frame.test_accuracy[racer]
        long = say("networks", ACCURACY).format(train=percent(train), test=percent(test))
        short = f"{percent(train)} / {percent(test)} %"
    else:
        train, test = frame.train_loss[racer], frame.test_loss[racer]
        long = say("networks", LOSSES).format(train=loss_text(train), test=loss_text(test))
        short = say("networks", LOSS).format(loss=loss_text(train))
    if state is None:
        return [long, short]
    return [f"{text}, {say('networks', state)}" for text in (long, short)] + [short]


def text_font(scale: float, *, small: bool = False, bold: bool = False) -> QFont:
    """Of titles; the small one of the numbers at axes."""
    font = theme.tabular(QFont())
    font.setPixelSize(round((SMALL_PX if small else TEXT_PX) * scale))
    font.setBold(bold)
    return font


class RacerTile(QWidget):
    """A title of swatch, name and numbers; subclasses paint below it.

    Signals:
        picked: it was clicked, or Return was pressed on it.
    """

    picked = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.scale_factor = 1.0
        self.name = ""
        self.look: RacerStyle | None = None
        self.notes: list[str] = []
        self.chosen = False

    def set_racer(self, name: str, look: RacerStyle) -> None:
        """Whose picture it is."""
        self.name, self.look = name, look
        self.set_notes([])

    def set_notes(self, notes: list[str]) -> None:
        """What stands beside the name: the first of the texts for which there is room."""
        self.notes = notes
        self.setAccessibleName(", ".join([self.name, *notes[:1]]))
        self.update()

    def set_chosen(self, chosen: bool) -> None:
        """Whether it is the racer that other panels speak of."""
        if chosen != self.chosen:
            self.chosen = chosen
            self.update()

    def set_scale(self, factor: float) -> None:
        """Everything so many times larger: for the lecture hall."""
        self.scale_factor = factor
        self.update()

    def restyle(self) -> None:
        """Take the theme's colours."""
        self.update()

    def content(self) -> QRectF:
        """What is left below the title, in pixels of the widget."""
        top = TITLE_PX * self.scale_factor
        return QRectF(0, top, self.width(), max(0.0, self.height() - top))

    def paint_content(self, painter: QPainter, area: QRectF) -> None:
        """Draw what is below the title."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_title(painter)
        self.paint_content(painter, self.content())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.current().color("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)
        painter.end()

    def _paint_title(self, painter: QPainter) -> None:
        scale, colors = self.scale_factor, theme.current()
        left, high = PAD_PX * scale, TITLE_PX * scale
        key = KEY_PX * scale
        if self.look is not None:
            style = colors.racer(self.look)
            draw_swatch(painter, QRectF(left, 0, key, high), style, casing=colors.color("panel"))
        left += key + PAD_PX * scale
        room = self.width() - left - PAD_PX * scale
        bold, plain = text_font(scale, bold=self.chosen), text_font(scale)
        wanted = QFontMetricsF(bold).horizontalAdvance(self.name)
        measure = QFontMetricsF(plain).horizontalAdvance
        gap = 2 * PAD_PX * scale
        fitting = [note for note in self.notes if wanted + gap + measure(note) <= room]
        # Where there is room for one alone it is the name's; the tool tip of `event` has both.
        note = fitting[0] if fitting else ""
        side = measure(note)
        name = QFontMetricsF(bold).elidedText(
            self.name, Qt.TextElideMode.ElideRight, room - (side + gap if note else 0)
        )
        line = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(bold)
        painter.setPen(colors.color("text"))
        painter.drawText(QRectF(left, 0, room, high), line | Qt.AlignmentFlag.AlignLeft, name)
        painter.setFont(plain)
        painter.setPen(colors.color("muted"))
        painter.drawText(QRectF(left, 0, room, high), line | Qt.AlignmentFlag.AlignRight, note)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.picked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.picked.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            said = [": ".join([self.name, *self.notes[:1]]), self.toolTip()]
            QToolTip.showText(event.globalPos(), "\n".join(filter(None, said)), self)
            return True
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)


def fitted(area: QRectF) -> QRectF:
    """The largest picture at the top of an area that is neither too wide nor too high."""
    wide = min(area.width(), WIDEST * area.height())
    high = min(area.height(), WIDEST * area.width())
    return QRectF(area.left() + (area.width() - wide) / 2, area.top(), wide, high)


def columns_for(count: int, width: float, height: float, *, title: float) -> int:
    """In how many columns tiles have the largest pictures.

    Args:
        count: of tiles.
        width, height: of the whole grid.
        title: height of what stands above each picture.
    """

    def size(columns: int) -> float:
        rows = -(-count // columns)
        across, down = width / columns - GAP_PX, height / rows - GAP_PX - title
        picture = fitted(QRectF(0, 0, max(across, 0.0), max(down, 0.0)))
        return picture.width() * picture.height()

    return max(range(1, max(1, count) + 1), key=size)


class TileGrid(QWidget):
    """Tiles of one size, in as many columns as show them largest.

    Signals:
        picked: the place of the tile that was clicked.
    """

    picked = Signal(int)

    def __init__(self, name: str, kind: type[RacerTile], parent: QWidget | None = None) -> None:
        """
        Args:
            name: with which the names of the tiles begin.
            kind: makes a tile from its name and parent.
        """
        super().__init__(parent)
        self.setObjectName(name)
        self.tiles: list[RacerTile] = []
        self._kind = kind
        self._scale = 1.0

    def set_racers(self, racers: list[tuple[str, RacerStyle]]) -> list[RacerTile]:
        """A tile for each title and look; returns those that are new."""
        while len(self.tiles) > len(racers):
            gone = self.tiles.pop()
            gone.hide()
            gone.deleteLater()
        new = []
        while len(self.tiles) < len(racers):
            tile = self._kind(f"{self.objectName()}.{len(self.tiles)}", self)
            tile.set_scale(self._scale)
            tile.picked.connect(self._on_picked)
            self.tiles.append(tile)
            new.append(tile)
            tile.show()
        for tile, (title, look) in zip(self.tiles, racers, strict=True):
            tile.set_racer(title, look)
        self._place()
        return new

    def show_frame(self, frame: FitFrame) -> None:
        """What stands beside the names."""
        for racer, tile in enumerate(self.tiles[: len(frame.state)]):
            tile.set_notes(notes_of(frame, racer))

    def set_chosen(self, racer: int) -> None:
        """Mark one tile's name; -1 for none."""
        for place, tile in enumerate(self.tiles):
            tile.set_chosen(place == racer)

    def set_scale(self, factor: float) -> None:
        """Everything so many times larger: for the lecture hall."""
        self._scale = factor
        for tile in self.tiles:
            tile.set_scale(factor)
        self._place()

    def restyle(self) -> None:
        """Take the theme's colours."""
        for tile in self.tiles:
            tile.restyle()

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 100)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        count = len(self.tiles)
        if not count:
            return
        title = TITLE_PX * self._scale
        columns = columns_for(count, self.width(), self.height(), title=title)
        rows = -(-count // columns)
        across = (self.width() - GAP_PX * (columns - 1)) / columns
        down = (self.height() - GAP_PX * (rows - 1)) / rows
        for place, tile in enumerate(self.tiles):
            row, column = divmod(place, columns)
            left, top = column * (across + GAP_PX), row * (down + GAP_PX)
            tile.setGeometry(round(left), round(top), int(across), int(down))

    def _on_picked(self) -> None:
        tile = self.sender()
        if isinstance(tile, RacerTile) and tile in self.tiles:
            self.picked.emit(self.tiles.index(tile))
