"""Several runs of the list, read by a worker, shown on their page and followed while they grow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from engine.training.comparison import table
from engine.training.comparison.comparison import Comparer, Comparison, Reading
from gui.bridge import Bridge, NewestJob
from gui.training.comparison.page import ComparisonPage

LOOK = "training.comparison"
TABLE = "training.comparison.table"
EVERY_MS = 1000  # between two looks at runs that may grow


class ComparisonController(QObject):
    """Reads the runs that are to be compared as long as their page is seen.

    Attributes:
        folders: of the runs that are compared; none, or several.

    Signals:
        failed: an exception to be shown.
    """

    failed = Signal(object)

    def __init__(self, bridge: Bridge, page: ComparisonPage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._page = bridge, page
        self._looks = NewestJob(bridge, "files", LOOK)
        self.folders: tuple[Path, ...] = ()
        self._comparer: Comparer | None = None
        self._shown: Comparison | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._follow)
        page.choice_changed.connect(self._look)
        page.copy_wanted.connect(self._copy)
        page.csv_wanted.connect(self._write)
        page.seen.connect(self._on_seen)

    def compare(self, folders: Sequence[Path], metric: str = "") -> None:
        """Show the runs in these folders together; fewer than two are none.

        Args:
            metric: the first that is shown; "" for the one that is chosen, or the first there is.
        """
        folders = tuple(folders) if len(folders) > 1 else ()
        if set(folders) == set(self.folders):
            return
        self._looks.cancel()
        self.folders, self._shown = folders, None
        self._comparer = Comparer(folders, self._comparer) if folders else None
        self._page.clear()
        self._page.want_metric(metric)
        self._on_seen(self._page.isVisible())

    def _on_seen(self, seen: bool) -> None:
        if seen and self._comparer is not None:
            self._look()
            self._timer.start()
        else:
            self._timer.stop()

    def _follow(self) -> None:
        """Look again, unless the look before is not done yet."""
        if self._looks.job is None:
            self._look()

    def _look(self) -> None:
        if self._comparer is not None:
            self._looks.request(
                partial(self._comparer.look, self._page.choice()),
                on_snapshot=self._take,
                on_error=self.failed.emit,
            )

    def _take(self, news: Comparison | Reading) -> None:
        if isinstance(news, Reading):
            self._page.show_reading(news)
            return
        self._shown = news
        self._page.show_comparison(news)

    def _copy(self) -> None:
        if self._shown is not None:
            self._bridge.start(
                "files", TABLE, partial(_as_text, self._shown), on_snapshot=_put_on_clipboard
            )

    def _write(self, name: str) -> None:
        if self._shown is not None:
            self._bridge.start(
                "files",
                TABLE,
                partial(_write_csv, self._shown, Path(name)),
                on_error=self.failed.emit,
            )


def _put_on_clipboard(text: str) -> None:
    QApplication.clipboard().setText(text)


def _as_text(comparison: Comparison) -> Iterator[str]:
    yield table.as_text(comparison, table.shown_metrics(comparison))


def _write_csv(comparison: Comparison, path: Path) -> Iterator[None]:
    table.write_csv(comparison, path, table.shown_metrics(comparison))
    yield
