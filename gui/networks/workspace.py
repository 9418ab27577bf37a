"""The Networks workspace: pages in a bar, from the chain rule to whole networks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from gui.actions import ActionSpec
from gui.bridge import Bridge
from gui.i18n import QT_TRANSLATE_NOOP
from gui.networks.page import Page
from gui.networks.pages import PAGES
from gui.networks.play_bar import PlayBar
from gui.networks.scenes import Scene
from gui.settings import Settings
from gui.workspace import Workspace

LECTURE_SCALE = 1.5  # of lines and type
NAMES = [record.name for record in PAGES]


class NetworksWorkspace(Workspace):
    """The bar of pages above, the page in front, and under it the bar that plays it."""

    def __init__(self, bridge: Bridge, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(bridge, settings, parent)
        self.bar = QTabBar(self)
        self.bar.setObjectName("networks.pages.bar")
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._stack = QStackedWidget(self)
        self._pages: dict[str, Page] = {}  # that are built
        self._enlarged = False
        self._told: set[str] = set()  # of which the window has the actions
        self._kept: dict[str, dict[str, Any]] = {}  # what the others are to bring back
        self._started: set[str] = set()
        self._finishing = False
        self.play_bar = PlayBar(self)
        for _ in PAGES:
            self.bar.addTab("")
            self._stack.addWidget(QWidget(self._stack))  # until the page is built
        self.bar.currentChanged.connect(self._on_page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        column.addWidget(self.play_bar.timeline)
        self._stack.setCurrentWidget(self.page)
        self.play_bar.show_page(self.page)
        self.retranslate()

    @property
    def page(self) -> Page:
        """The one in front."""
        return self._page(PAGES[self.bar.currentIndex()].name)

    def _page(self, name: str) -> Page:
        """A page by name, built on first use: the start waits for none that is not seen."""
        if name not in self._pages:
            index = NAMES.index(name)
            self._pages[name] = page = PAGES[index].load()(self.bridge, self.settings, self._stack)
            page.setObjectName(f"networks.{name}.page")
            for signal, told in (
                (page.status, self.status),
                (page.readout, self.readout),
                (page.error, self.error),
                (page.retried, self.retried),
                (page.opened, self.opened),
                (page.first_work_done, self.first_work_done),
                (page.said_changed, self.said_changed),
            ):
                signal.connect(told)
            page.front_wanted.connect(self._on_front_wanted)
            if self._enlarged:
                self._enlarge(page, True)
            if name in self._kept:
                page.restore_state(self._kept.pop(name))
            self._stack.insertWidget(index, page)
            if stands_in := self._stack.widget(index + 1):
                self._stack.removeWidget(stands_in)
                stands_in.deleteLater()
        return self._pages[name]

    def show_page(self, name: str) -> None:
        """Bring a page to the front."""
        self.bar.setCurrentIndex(NAMES.index(name))

    @Slot()
    def _on_front_wanted(self) -> None:
        page = self.sender()
        if isinstance(page, QWidget):
            self.bar.setCurrentIndex(self._stack.indexOf(page))

    @Slot(int)
    def _on_page(self, index: int) -> None:
        self._stack.setCurrentWidget(self.page)
        self.play_bar.show_page(self.page)
        self.activate()
        self.said_changed.emit()
        if self._started:
            self.start_first_work()

    def is_lecture(self) -> bool:
        """Whether everything is drawn larger."""
        return self.bar.isHidden()

    def set_lecture(self, shown: bool) -> None:
        """The page alone in large type, or as ever."""
        self._enlarged = shown
        self.bar.setHidden(shown)
        for page in self._pages.values():
            self._enlarge(page, shown)

    @staticmethod
    def _enlarge(page: Page, shown: bool) -> None:
        page.set_scale(LECTURE_SCALE if shown else 1.0)
        page.caption.put_away(shown)

    def said(self) -> str:
        return self.page.said()

    def can_play(self) -> bool:
        return True

    def play(self) -> None:
        self.page.player.toggle()

    # -- what the window asks -----------------------------------------------------------------

    def title(self) -> str:
        return self.tr("Networks")

    def actions(self) -> list[ActionSpec]:  # type: ignore[override]
        """Play, undo and redo of the page in front, and what each page has for itself."""
        first = self.page
        common: dict[str, Callable[[], Any]] = {
            "networks.undo": self._undo,
            "networks.redo": self._redo,
            "networks.play": self._toggle,
            "networks.step": self._step_on,
            "networks.step_back": self._step_back,
            "networks.leap": self._leap,
            "networks.leap_back": self._leap_back,
            "networks.reset": self._rewind,
            "networks.end": self._to_end,
            "networks.faster": self._faster,
            "networks.slower": self._slower,
        }
        enabled = {"networks.undo": self._can_undo, "networks.redo": self._can_redo}
        labels = {"networks.undo": self._undo_text, "networks.redo": self._redo_text}
        # The records of the first page's player and store, each acting on the page in front.
        records = first.store.actions("networks") + first.player.actions("networks", self._rewind)
        return [
            *(
                replace(
                    record,
                    callback=common[record.id],
                    enabled=enabled.get(record.id),
                    label=labels.get(record.id),
                )
                for record in records
            ),
            ActionSpec(
                "networks.fit",
                QT_TRANSLATE_NOOP("actions", "&Fit"),
                "View",
                self._fit,
                "F Home",
                canvas_only=True,
                icon="fit",
                section=20,
            ),
            *self._own_actions([name for name in NAMES if name in self._pages]),
        ]

    def complete(self) -> list[ActionSpec]:
        for name in NAMES:
            self._page(name)
        return self._own_actions([name for name in NAMES if name not in self._told])

    def _own_actions(self, names: list[str]) -> list[ActionSpec]:
        self._told.update(names)
        return [action for name in names for action in self._pages[name].own_actions()]

    def canvas(self) -> QWidget:
        return self.page.canvas()

    def canvases(self) -> tuple[QWidget, ...]:
        return tuple(page.canvas() for page in self._pages.values())

    def activate(self) -> None:
        self.page.canvas().setFocus(Qt.FocusReason.OtherFocusReason)
        self.page.activate()

    def start_first_work(self) -> None:
        name = PAGES[self.bar.currentIndex()].name
        if name not in self._started:
            self._started.add(name)
            self.page.start_first_work()
            if self._finishing:
                self.page.finish_first_work()

    def finish_first_work(self) -> None:
        self._finishing = True
        if self._started:
            self.page.finish_first_work()

    def open_paths(self, paths: list[Path]) -> bool:
        for name in NAMES:
            if self._page(name).open_paths(paths):
                self.show_page(name)
                return True
        return False

    def open_scene(self, scene: Scene) -> None:
        self.show_page(scene.page)
        self.start_first_work()
        self.page.open_scene(scene)

    def save_state(self) -> dict[str, Any]:
        pages = {name: page.save_state() for name, page in self._pages.items()} | self._kept
        return {"page": PAGES[self.bar.currentIndex()].name, "pages": pages}

    def restore_state(self, state: dict[str, Any]) -> None:
        pages = state.get("pages")
        for name in NAMES:
            kept = pages.get(name) if isinstance(pages, dict) else None
            if isinstance(kept, dict) and name in self._pages:
                self._pages[name].restore_state(kept)
            elif isinstance(kept, dict):
                self._kept[name] = kept
        if state.get("page") in NAMES:
            self.show_page(state["page"])

    def reset_layout(self) -> None:
        for page in self._pages.values():
            page.reset_layout()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Networks"))
        self.bar.setAccessibleName(self.tr("Pages"))
        self.bar.setToolTip(self.tr("What is seen in this workspace"))
        for index, record in enumerate(PAGES):
            self.bar.setTabText(index, QCoreApplication.translate("networks", record.title))
            self.bar.setTabToolTip(index, QCoreApplication.translate("networks", record.tip))

    # -- what acts on the page in front -------------------------------------------------------

    def _fit(self) -> None:
        self.page.fit()

    def _undo(self) -> None:
        self.page.store.stack.undo()

    def _redo(self) -> None:
        self.page.store.stack.redo()

    def _can_undo(self) -> bool:
        return self.page.store.stack.canUndo()

    def _can_redo(self) -> bool:
        return self.page.store.stack.canRedo()

    def _undo_text(self) -> str:
        return self.page.store.undo_text()

    def _redo_text(self) -> str:
        return self.page.store.redo_text()

    def _toggle(self) -> None:
        self.page.player.toggle()

    def _rewind(self) -> None:
        self.page.rewind()

    def _step_on(self) -> None:
        self.page.player.step_on()

    def _step_back(self) -> None:
        self.page.player.step_back()

    def _leap(self) -> None:
        self.page.player.leap()

    def _leap_back(self) -> None:
        self.page.player.leap_back()

    def _to_end(self) -> None:
        self.page.player.to_end()

    def _faster(self) -> None:
        self.page.player.faster()

    def _slower(self) -> None:
        self.page.player.slower()
