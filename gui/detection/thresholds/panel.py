"""Every threshold of the detector, live on the cached trace, and the way back."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui import icons, theme
from gui.detection.session import Session
from gui.detection.thresholds.names import COUNTS, name_of
from gui.widgets.fact_table import figure, whole
from gui.widgets.slider_field import Threshold

RPN = ("rpn_pre_nms_top_n", "rpn_score", "rpn_nms", "rpn_post_nms_top_n")
LABEL_PX = 96  # so that the sliders begin below one another
HEAD = ("max_detections", "mask")
MOST = {"rpn_pre_nms_top_n": 20_000, "rpn_post_nms_top_n": 20_000, "max_detections": 1000}


class ThresholdsPanel(QScrollArea):
    """Below the two that are always in sight: the RPN's four, and what the head adds."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detection.limits.panel")
        self.setWidgetResizable(True)
        self._session = session
        self._showing = False
        body = QWidget(self)
        self.controls = {name: self._control(name, body) for name in (*RPN, *HEAD)}
        self.headings = {name: QLabel(body) for name in ("rpn", "head")}
        self.agnostic = QCheckBox(body)
        self.agnostic.setObjectName("detection.limits.agnostic.check")
        self.label = QComboBox(body)
        self.label.setObjectName("detection.limits.class.combo")
        self.own = QCheckBox(body)
        self.own.setObjectName("detection.limits.class.check")
        self.own_score = Threshold("detection.limits.class_score", 0.5, body, minimum=0.0)
        self.stock = QPushButton(body)
        self.stock.setObjectName("detection.limits.stock.button")
        icons.set_icon(self.stock, "reset")
        self.answered = QLabel(body)
        self.answered.setObjectName("detection.limits.answered.label")
        self.answered.setProperty("role", "muted")
        self.answered.setWordWrap(True)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, theme.GAP, 4, 0)
        layout.setSpacing(theme.GAP)
        for heading in self.headings.values():
            heading.setProperty("role", "section")
        layout.addWidget(self.stock)
        layout.addWidget(self.headings["rpn"])
        for name in RPN:
            layout.addWidget(self.controls[name])
        layout.addWidget(self.headings["head"])
        for name in HEAD:
            layout.addWidget(self.controls[name])
        layout.addWidget(self.agnostic)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self.own)
        row.addWidget(self.label, 1)
        layout.addLayout(row)
        layout.addWidget(self.own_score)
        layout.addWidget(self.answered)
        layout.addStretch(1)
        self.setWidget(body)
        self.agnostic.toggled.connect(self._set_agnostic)
        self.label.currentIndexChanged.connect(self._show_class)
        self.own.toggled.connect(self._set_own)
        self.own_score.changed.connect(self._set_own_score)
        self.stock.clicked.connect(self.reset)
        session.limits_changed.connect(self.refresh)
        session.inspected.connect(self._adopt)
        session.filler.rois_changed.connect(self._tell)
        self.retranslate()

    def _control(self, name: str, parent: QWidget) -> Threshold:
        counts = name in COUNTS
        control = Threshold(
            f"detection.limits.{name}",
            MOST[name] if counts else 0.5,
            parent,
            minimum=1 if counts else 0,
            maximum=MOST[name] if counts else 1,
            counts=counts,
        )
        control.label.setMinimumWidth(LABEL_PX)
        control.changed.connect(self._changed)
        return control

    # The window to the session

    def reset(self) -> None:
        """The model's own thresholds, at which the result is the stock one bit for bit."""
        stock = self._session.stock()
        if stock is not None:
            self._session.set_limits(stock)

    def _changed(self) -> None:
        if self._showing:
            return
        for name, control in self.controls.items():
            if control is self.sender() and self._present(name) != control.value():
                self._session.change({name: control.value()})

    def _set_agnostic(self, on: bool) -> None:
        if not self._showing:
            self._session.set_limits(replace(self._session.limits, class_agnostic=on))

    def _set_own(self, on: bool) -> None:
        self.own_score.setEnabled(on)
        if not self._showing:
            self._put(self.own_score.value() if on else None)

    def _set_own_score(self, score: float) -> None:
        if not self._showing and self.own.isChecked():
            self._put(score)

    def _put(self, score: float | None) -> None:
        """A score threshold of its own for the chosen class, or none."""
        label, limits = self.label.currentIndex() + 1, self._session.limits
        others = tuple(pair for pair in limits.class_scores if pair[0] != label)
        if score is not None:
            others = (*others, (label, score))
        self._session.set_limits(replace(limits, class_scores=tuple(sorted(others))))

    # The session to the window

    def _present(self, name: str) -> float | None:
        """What a threshold is now, the model's own where none was set."""
        value = getattr(self._session.limits, name)
        if value is None and self._session.inspection is not None:
            rpn = self._session.limits.rpn(self._session.inspection.trace)
            value = getattr(rpn, name.removeprefix("rpn_"))
        return None if value is None else float(value)

    def refresh(self) -> None:
        """Show the session's thresholds, whoever set them."""
        self._showing = True
        for name, control in self.controls.items():
            value = self._present(name)
            if value is not None:
                control.set_value(value)
        self.agnostic.setChecked(self._session.limits.class_agnostic)
        self._show_class()
        self._showing = False
        self.stock.setEnabled(self._session.inspection is not None)

    def _show_class(self) -> None:
        showing, self._showing = self._showing, True
        scores = dict(self._session.limits.class_scores)
        label = self.label.currentIndex() + 1
        self.own.setChecked(label in scores)
        self.own_score.setEnabled(label in scores)
        self.own_score.set_value(scores.get(label, self._session.score))
        self._showing = showing

    def _adopt(self) -> None:
        """Another model: its classes, and its own values."""
        inspection = self._session.inspection
        if inspection is None:
            return
        names = list(inspection.model.classes)
        if names != [self.label.itemText(k) for k in range(self.label.count())]:
            self._showing = True
            self.label.clear()
            self.label.addItems(names)
            self._showing = False
        self.controls["mask"].setEnabled(inspection.model.has_masks)
        self.refresh()
        self._tell_stock()
        self._tell()

    def _tell_stock(self) -> None:
        """Which values the model's own are."""
        stock = self._session.stock()
        told = self.tr("There the result is torchvision's, bit for bit")
        if stock is not None:
            told += "\n" + self.tr("score > {score}, NMS {nms}, at most {count} detections").format(
                score=figure(stock.score, 3),
                nms=figure(stock.nms, 3),
                count=whole(stock.max_detections),
            )
        self.stock.setToolTip(told)

    def _tell(self) -> None:
        done, count = self._session.filler.answered
        selection = self._session.selection
        waiting = 0 if selection is None else len(selection.waiting)
        if waiting:
            text = self.tr("Waiting for the box head: {count} boxes")
            self.answered.setText(text.format(count=whole(waiting)))
        elif count:
            text = self.tr("The box head has answered for {done} of {count} boxes.")
            self.answered.setText(text.format(done=whole(done), count=whole(count)))
        else:
            self.answered.clear()

    def retranslate(self) -> None:
        self.headings["rpn"].setText(self.tr("REGION PROPOSALS"))
        self.headings["head"].setText(self.tr("HEAD"))
        hints = {
            "rpn_pre_nms_top_n": self.tr("Anchors of each level that enter the RPN's NMS"),
            "rpn_score": self.tr("The objectness that a proposal has at least"),
            "rpn_nms": self.tr("A better proposal of its level hides what it overlaps by more"),
            "rpn_post_nms_top_n": self.tr("Proposals that go on to the head"),
            "max_detections": self.tr("Detections at most, over all classes"),
            "mask": self.tr("A pixel belongs to a mask from this probability on"),
        }
        for name, hint in hints.items():
            self.controls[name].set_texts(name_of(name), hint)
        self.agnostic.setText(self.tr("NMS over all classes together"))
        self.agnostic.setToolTip(self.tr("Class-agnostic: a box hides those of other classes, too"))
        self.own.setText(self.tr("Own score for"))
        self.own.setToolTip(self.tr("A score threshold for this class alone"))
        self.label.setAccessibleName(self.tr("Class"))
        self.label.setToolTip(self.tr("The class that has a score threshold of its own"))
        self.own_score.set_texts(self.tr("Score"), self.tr("Of the chosen class"))
        self.stock.setText(self.tr("The model's own values"))
        self._tell_stock()
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
