"""The annotator's pass: the model's detections stand as suggestions, and a person judges them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QWidget

from engine.detection.review import edits
from engine.detection.review.arrangement import Item, next_unjudged
from engine.detection.review.records import ACCEPTED, REJECTED, Box, Review
from gui.actions import ActionSpec
from gui.detection.annotation import keys
from gui.detection.annotation.asked_details import AskedDetails
from gui.detection.annotation.class_names import ClassNames
from gui.detection.annotation.keys import Order, PassKeys
from gui.detection.annotation.layer import ReviewLayer, state_of
from gui.detection.annotation.open_review import OpenReview
from gui.detection.annotation.panel import AnnotationPanel
from gui.detection.annotation.store import ReviewStore
from gui.detection.annotation.tool import PassTool, cursor_of
from gui.detection.annotation.undo import ChangeReview
from gui.detection.canvas_tools import ANNOTATE, CanvasTools
from gui.detection.instances import Instance
from gui.detection.picture_context import PictureContext
from gui.detection.pictures.file_model import Entry
from gui.detection.pictures.file_panel import FilePanel
from gui.detection.side_panel import SidePanel
from gui.i18n import QT_TRANSLATE_NOOP

OWN_DRAWING = ("boxes", "labels")  # layers whose place the pass's own boxes take
NEW_SIDE = 0.25  # of what is seen: a box that was asked for by a key


class AnnotationController(QObject):
    """Goes through the pictures with the model's suggestions, and keeps what is said of them.

    Signals:
        status: a sentence.
        failed: judgements that could not be read or written.
        changed: the pass began or ended.

    Attributes:
        store: what was judged, of every picture.
        chosen: the row of the chosen one, -1 for none.
    """

    status = Signal(str)
    failed = Signal(object)
    changed = Signal()

    def __init__(
        self,
        context: PictureContext,
        tools: CanvasTools,
        side: SidePanel,
        files: FilePanel,
        store: ReviewStore,
        undo: QUndoStack,
        *,
        leave_others: Callable[[], None],
        parent: QWidget,
    ) -> None:
        """Build it.

        Args:
            undo: the workspace's undo stack.
            leave_others: leads back to the picture from whatever stage is looked at.
        """
        super().__init__(parent)
        self._context, self._session, self._canvas = context, context.session, context.canvas
        self._tools, self._side, self._files = tools, side, files
        self.store, self._undo, self._leave_others = store, undo, leave_others
        self.panel = AnnotationPanel(parent)
        self.panel.hide()
        self._open = OpenReview(self._session, store, self)
        self._open.failed.connect(self.failed)
        self._details = AskedDetails(context, self)
        self._details.changed.connect(self._show_details)
        self._changed: tuple[Instance, ...] = ()  # what a person has, with masks asked anew
        self.chosen = -1
        self._classes = ClassNames(self._session, store, self.panel)
        self._classes.added.connect(self._choose_name)
        self._fresh = True  # nothing was chosen in this picture yet
        self.layer = ReviewLayer(context.layer.font)
        context.layers.add(self.layer)
        self.tool = PassTool(clicked=self._click, drawn=self._draw, reshaped=self._reshape)
        self._keys = PassKeys(self._canvas, self.do)
        tools.changed.connect(self._follow_tool)
        self._session.picture_changed.connect(self._forget)
        self._session.inspected.connect(self._list_classes)
        self._session.shown_changed.connect(self.refresh)
        self._canvas.hovered.connect(self._point)
        self._canvas.view_changed.connect(self._measure)
        store.changed.connect(self.refresh)
        store.loaded.connect(self.refresh)
        store.loaded.connect(self._list_classes)
        store.failed.connect(self.failed)
        self.panel.wanted.connect(self._press)
        self.panel.name_wanted.connect(self._choose_name)
        self.panel.row_wanted.connect(self.choose)
        self.panel.leave_wanted.connect(tools.leave)

    def actions(self) -> list[ActionSpec]:
        """Begin and leave the pass."""
        return [
            ActionSpec(
                "detection.annotate",
                QT_TRANSLATE_NOOP("actions", "&Annotate"),
                "Run",
                self.set_on,
                "Ctrl+Shift+A",
                checkable=True,
                section=30,
                checked=self.is_on,
                enabled=self.can_begin,
            )
        ]

    def is_on(self) -> bool:
        return self._tools.purpose == ANNOTATE

    def can_begin(self) -> bool:
        return self._session.entry is not None or self.is_on()

    def set_on(self, on: bool = True) -> None:
        """Begin the pass, or leave it."""
        if on == self.is_on():
            return
        if not on:
            self._tools.leave()
            return
        if not self.can_begin():
            self.changed.emit()  # a button that was pressed comes up again
            return
        self._leave_others()
        self._tools.arm(ANNOTATE, self.tool)

    def _follow_tool(self) -> None:
        """The pass is a tool: it is on while it is armed, and Esc leaves it."""
        on = self.is_on()
        if on == self._keys.on:
            return
        self._keys.on = on
        self._fresh = True
        self._side.put_above(self.panel if on else None)
        self._context.layers.set_filter(self._filter if on else None)
        if on:
            self._list_classes()
        self.refresh()
        self.changed.emit()

    # What there is to judge

    @property
    def items(self) -> tuple[Item, ...]:
        """The open picture's objects."""
        return self._open.items if self.is_on() else ()

    def refresh(self, *_: object) -> None:
        """Lay the judgements beside what the model says now."""
        if not self.is_on():
            self._choose(-1)
            return
        before = self._item()
        items = self._open.lay()
        chosen = self._again(before, items)
        if self._fresh and items:
            chosen = next_unjudged(items, -1) or 0
            self._fresh = False
        self._choose(chosen)
        entry, review = self._session.entry, self._open.review()
        if entry is None or review is None or self._session.selection is None:
            return
        if review.unjudged != self._open.unjudged:
            self.store.put(entry, replace(review, unjudged=self._open.unjudged))

    def _again(self, before: Item | None, items: tuple[Item, ...]) -> int:
        """The row of what was chosen, among the objects as they are now."""
        if before is not None:
            for row, item in enumerate(items):
                same = item.suggestion is not None and item.suggestion == before.suggestion
                if same or (item.suggestion is None and item.judged == before.judged):
                    return row
        return min(self.chosen, len(items) - 1)

    def _item(self) -> Item | None:
        return self.layer.chosen_item()

    def _choose(self, chosen: int) -> None:
        """Show the objects as they are, and which is the chosen one."""
        items = self.items
        self.chosen = chosen
        self.layer.items, self.layer.chosen = items, chosen
        item = self._item()
        self.tool.box = None if item is None else item.box
        waiting = self.is_on() and self._open.review() is None
        self.panel.show_items(items, chosen, waiting=waiting)
        done = [entry.badges.done for entry in self._files.model.everything]
        self.panel.show_pictures(sum(done), len(done))
        self._show_details()

    def _show_details(self) -> None:
        """Masks and keypoints, as far as they are known."""
        self._changed = self._details.instances(self.items)
        self._context.layers.refresh_instances()

    def _filter(self, name: str, shown: tuple[Instance, ...]) -> tuple[Instance, ...]:
        """Masks and keypoints of what is as the model saw it; no boxes beside the pass's own."""
        if name in OWN_DRAWING:
            return ()
        return (*self._open.as_suggested(shown), *self._changed)

    def _forget(self) -> None:
        self._fresh = True
        if self.is_on():
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _list_classes(self) -> None:
        if self.is_on():
            self._classes.refresh()

    # What a person does

    def do(self, order: Order) -> None:
        """What a key asks for."""
        review, item = self._open.review(), self._item()
        if order.name == keys.ONWARD:
            self._onward()
        elif order.name == keys.BACK:
            self._files.go_previous()
        elif review is None:
            return  # the model is still at work: there is nothing to judge yet
        elif order.name in (keys.NEXT, keys.PREVIOUS):
            self._step(1 if order.name == keys.NEXT else -1)
        elif order.name == keys.LABEL:
            self._choose_name(order.number - 1)
        elif order.name == keys.REST:
            self._push(edits.accept_rest(review, self.items), self.tr("Accept the rest"))
        elif order.name == keys.NEW:
            self._draw(self._new_box())
        elif item is not None and order.name == keys.ZOOM:
            self._zoom_to(item.box)
        elif item is not None:
            self._do_with(order, review, item)

    def _do_with(self, order: Order, review: Review, item: Item) -> None:
        """What a key asks of the chosen object."""
        if order.name in (keys.ACCEPT, keys.REJECT):
            accept = order.name == keys.ACCEPT
            text = self.tr("Accept {name}") if accept else self.tr("Reject {name}")
            after = edits.judge(review, item, ACCEPTED if accept else REJECTED)
            self._push(after, text.format(name=item.name))
            self._go_on()
        elif order.name == keys.REMOVE:
            text = self.tr("Remove {name}") if item.drawn else self.tr("Reject {name}")
            self._push(edits.remove(review, item), text.format(name=item.name))
            if not item.drawn:
                self._go_on()
        else:
            x0, y0, x1, y1 = item.box
            if order.name == keys.MOVE:
                box = edits.shifted(item.box, order.by, review.width, review.height)
            else:
                box = x0, y0, max(x1 + order.by[0], x0 + 1), max(y1 + order.by[1], y0 + 1)
            text = self.tr("Move {name}").format(name=item.name)
            self._push(edits.reshape(review, item, box), text, nudged=self.chosen)

    def _press(self, name: str) -> None:
        self.do(Order(name))

    def _choose_name(self, place: int) -> None:
        """Give the chosen object a class; what is drawn from now on has it too."""
        names, review, item = self._classes.names, self._open.review(), self._item()
        if not 0 <= place < len(names):
            return
        self._classes.choose(place)
        if review is not None and item is not None:
            same = names[place] == item.name
            text = self.tr("Accept {name}") if same else self.tr("Relabel {name} as {new}")
            text = text.format(name=item.name, new=names[place])
            self._push(edits.relabel(review, item, names[place]), text)

    def _draw(self, box: Box) -> None:
        review, names = self._open.review(), self._classes.names
        if review is None or not names:
            return
        name = names[self._classes.place]
        self._push(edits.draw(review, name, box), self.tr("Draw {name}").format(name=name))
        self.choose(len(self.items) - 1)

    def _reshape(self, box: Box) -> None:
        review, item = self._open.review(), self._item()
        if review is not None and item is not None:
            text = self.tr("Move {name}").format(name=item.name)
            self._push(edits.reshape(review, item, box), text)

    def _push(self, after: Review, text: str, *, nudged: int = -1) -> None:
        entry, review = self._session.entry, self._open.review()
        if entry is None or review is None or after == review:
            return
        if self.store.of(entry) != review:
            self.store.put(entry, review)
        command = ChangeReview(
            self.store, entry, review, after, text, show=self._show, nudged=nudged
        )
        self._undo.push(command)

    def _show(self, entry: Entry) -> None:
        """Open the picture of which something is undone or made again."""
        if entry is not self._session.entry and entry in self._files.model.everything:
            self._files.choose(entry)

    # Where one is

    def choose(self, row: int) -> None:
        """Make another object the chosen one."""
        self._choose(row if 0 <= row < len(self.items) else -1)
        item, view = self._item(), self._canvas.view()
        if item is not None and not view.visible.intersects(view.rect(*item.box)):
            self._zoom_to(item.box)

    def _zoom_to(self, box: Box) -> None:
        x0, y0, x1, y1 = box
        self._canvas.show_rect(QRectF(x0, y0, x1 - x0, y1 - y0))

    def _step(self, by: int) -> None:
        if self.items:
            at = self.chosen if self.chosen >= 0 else (-1 if by > 0 else 0)
            self.choose((at + by) % len(self.items))

    def _go_on(self) -> None:
        """The next that nobody has judged; where there is none, the picture is done."""
        row = next_unjudged(self.items, self.chosen)
        if row is not None:
            self.choose(row)
        else:
            self.status.emit(self.tr("All judged. Enter: the next picture."))

    def _onward(self) -> None:
        """The next picture; that this one was gone through is remembered."""
        entry, review = self._session.entry, self._open.review()
        if entry is not None and review is not None:
            self.store.put(entry, replace(review, seen=True))
        before = self._files.current
        self._files.go_next()
        if self._files.current is before:
            self.status.emit(self.tr("This was the last picture of the list."))

    def _click(self, at: QPointF) -> None:
        """Choose the smallest object at a point; on an edge of the chosen one it stays."""
        x, y = at.x(), at.y()
        under = [
            row
            for row, item in enumerate(self.items)
            if item.box[0] <= x <= item.box[2] and item.box[1] <= y <= item.box[3]
        ]
        if under:
            self.choose(min(under, key=lambda row: _area(self.items[row].box)))
        elif self.tool.grip(at) == (0, 0):
            self.choose(-1)

    def _new_box(self) -> Box:
        """A box in the middle of what is seen of the picture."""
        view = self._canvas.view()
        seen, half = view.visible, NEW_SIDE / 2
        x = (seen.center().x() - view.left) / view.scale
        y = (seen.center().y() - view.top) / view.scale
        wide, high = half * seen.width() / view.scale, half * seen.height() / view.scale
        return x - wide, y - high, x + wide, y + high

    def _point(self, at: QPointF | None) -> None:
        """The mouse says what can be taken under it."""
        if at is not None and self.is_on():
            self._measure()
            self._canvas.setCursor(cursor_of(self.tool.grip(at)))

    def _measure(self) -> None:
        self.tool.scale = self._canvas.view().scale

    def painted(self) -> dict[str, Any]:
        """What is drawn, for tests that look from outside."""
        objects = [
            {"state": state_of(item), "name": item.name, "box": list(item.box)}
            for item in self.items
        ]
        return {"on": self.is_on(), "chosen": self.chosen, "objects": objects}


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
