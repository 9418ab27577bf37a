"""The installed program as a separate process, with a person's eyes and hands on it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

from tests.deadlines import scaled
from tests.hands.screen import Screen, wait_until
from tests.hands.warm_start import ERRORS, OUTPUT, WarmProcess

Widget = dict[str, Any]
LOOKS_AT_REST = 6
SCRIPTS = Path(sys.executable).parent
# Libraries and drivers may not complain either: stderr has to be empty.
UNSET = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "PYTHONPATH", "PYTHONWARNINGS", "THALWEG_RUNS")


def private_environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a person who has never used the program."""
    environment = {name: value for name, value in os.environ.items() if name not in UNSET}
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"):
        place = folder / name.lower()
        place.mkdir(mode=0o700, exist_ok=True)
        environment[name] = str(place)
    environment |= {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "NO_AT_BRIDGE": "1"}
    environment["PYTHONFAULTHANDLER"] = "1"  # a crash names its place
    return environment | more


def middle(rect: Sequence[int]) -> tuple[float, float]:
    """The middle of a rectangle of x, y, width, height."""
    x, y, width, height = rect
    return x + width / 2, y + height / 2


def has_keyboard(seen: dict[str, Any]) -> bool:
    """Whether a window of the program is active, and the dialog where one blocks the others.

    A new dialog is visible before the window manager gives it the keyboard.
    """
    active, modal = seen.get("active", []), seen.get("modal", "")
    return modal in active if modal else bool(active)


def script(
    command: Sequence[str], environment: Mapping[str, str], folder: Path
) -> subprocess.Popen[bytes]:
    """Start the installed script."""
    with (folder / OUTPUT).open("w") as out, (folder / ERRORS).open("w") as err:
        return subprocess.Popen(
            command, env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=err
        )


class Program:
    """One run of `thalweg`. Widgets are found by objectName, places are read at each use."""

    def __init__(
        self,
        screen: Screen,
        folder: Path,
        arguments: Sequence[str | Path] = (),
        environment: dict[str, str] | None = None,
        *,
        warm: bool = True,
    ) -> None:
        """Start it.

        Args:
            folder: its working folder, with its home, settings and outputs.
            warm: forked from a process that has imported everything, which takes a third of
                the time; otherwise by the installed script.
        """
        self.screen = screen
        self.folder = folder
        self._look = folder / "inspect.json"
        self._look.unlink(missing_ok=True)
        self._read_at = (0, 0)
        self._known: dict[str, Any] = {}
        command = [SCRIPTS / "thalweg", *map(str, arguments), "--inspect", str(self._look)]
        whole = private_environment(folder, **(environment or {}), DISPLAY=screen.display)
        start = WarmProcess if warm else script
        self.process = start([str(word) for word in command], whole, folder)

    # --- eyes

    @property
    def errors(self) -> str:
        return (self.folder / ERRORS).read_text()

    def look(self) -> dict[str, Any]:
        """What is on the screen now."""
        if self.process.poll() is not None:
            raise AssertionError(f"thalweg ended with {self.process.returncode}: {self.errors}")
        return self._read()

    def _read(self) -> dict[str, Any]:
        """What the window has written last; read anew when that is another file."""
        try:
            written = os.stat(self._look)
        except FileNotFoundError:
            return {}
        if (written.st_ino, written.st_mtime_ns) != self._read_at:
            self._read_at = (written.st_ino, written.st_mtime_ns)
            self._known = json.loads(self._look.read_text())
        return self._known

    def ready(self, timeout_s: float = 60) -> Program:
        """Wait for the first screen with its content, and for the keyboard."""
        self.until(lambda seen: seen.get("ready"), "the first screen", timeout_s)
        self.until(has_keyboard, "an active window")
        return self

    def until(
        self, holds: Callable[[dict[str, Any]], Any], what: str, timeout_s: float = 20
    ) -> Any:
        """Wait until what is on the screen holds, and give what `holds` gave."""
        try:
            return wait_until(lambda: holds(self.look()), what, timeout_s)
        except AssertionError as late:
            banner = self._read().get("widgets", {}).get("banner.text", {})
            raise AssertionError(f"{late}; the banner says {banner.get('text')!r}") from late

    def widget(self, name: str, timeout_s: float = 20) -> Widget:
        """A named widget, once it is visible."""

        def shown(seen: dict[str, Any]) -> Widget | None:
            entry = seen.get("widgets", {}).get(name)
            return entry if entry and entry["visible"] else None

        return self.until(shown, f"the widget {name}", timeout_s)

    def state(self, name: str) -> dict[str, Any]:
        """What a widget tells about itself."""
        return self.widget(name).get("state", {})

    def until_widget(
        self, name: str, holds: Callable[[Widget], Any], what: str, timeout_s: float = 20
    ) -> Any:
        """Wait until a named widget holds."""
        return self.until(
            lambda seen: (entry := seen.get("widgets", {}).get(name)) and holds(entry),
            f"{name}: {what}",
            timeout_s,
        )

    def until_state(
        self, name: str, holds: Callable[[dict[str, Any]], Any], what: str, timeout_s: float = 20
    ) -> Any:
        """Wait until what a widget tells about itself holds."""
        return self.until_widget(name, lambda entry: holds(entry.get("state", {})), what, timeout_s)

    def picture(self, name: str) -> Path:
        """The screen as it is now, kept in out/hands of the checkout for people to look at."""
        keep = Path(__file__).parents[2] / "out" / "hands" / f"{name}.png"
        return self.screen.picture(keep)

    # --- hands

    def point(self, name: str, at: tuple[float, float] = (0.5, 0.5)) -> tuple[int, int]:
        """A place on a widget, as fractions of its width and height, once it rests there."""
        x, y, width, height = self.resting(name)["rect"]
        return round(x + at[0] * (width - 1)), round(y + at[1] * (height - 1))

    def resting(self, name: str) -> Widget:
        """A widget whose place is the same in some looks: a new dialog moves when it is framed."""
        seen: list[Widget] = []

        def rests() -> bool:
            seen.append(self.widget(name))
            last = [entry["rect"] for entry in seen[-LOOKS_AT_REST:]]
            return len(last) == LOOKS_AT_REST and all(rect == last[0] for rect in last)

        wait_until(rests, f"{name} to rest")
        return seen[-1]

    def move(self, place: tuple[float, float]) -> None:
        self.screen.hand("mousemove", round(place[0]), round(place[1]))

    def click_at(self, place: tuple[float, float], button: int = 1, times: int = 1) -> None:
        self.move(place)
        self.screen.hand("click", "--repeat", times, "--delay", 30, button)

    def click(self, name: str, at: tuple[float, float] = (0.5, 0.5), times: int = 1) -> None:
        """Click a named widget, once it can be clicked."""
        self.until_widget(name, lambda entry: entry["visible"] and entry["enabled"], "to click it")
        self.click_at(self.point(name, at), times=times)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press, move in small steps and let go."""
        self.press_and_move(start, end)
        self.screen.hand("mouseup", 1)

    def drop(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Drag from another program's window, and let go once ours says that it takes it."""
        self.press_and_move(start, end)
        nudges = cycle((1, 0))

        def taken(seen: dict[str, Any]) -> bool:
            # Who drags hears of the answer with the next move of the mouse.
            self.move((end[0] + next(nudges), end[1]))
            return bool(seen["widgets"]["window.drop_hint"]["visible"])

        self.until(taken, "the window to take what is dragged")
        self.screen.hand("mouseup", 1)

    def press_and_move(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press and move in small steps, without letting go."""
        self.move(start)
        self.screen.hand("mousedown", 1)
        for step in range(1, 9):
            self.move(
                (
                    start[0] + (end[0] - start[0]) * step / 8,
                    start[1] + (end[1] - start[1]) * step / 8,
                )
            )

    def wheel(self, place: tuple[float, float], notches: int) -> None:
        """Turn the wheel over a place; up is positive."""
        self.move(place)
        self.screen.hand("click", "--repeat", abs(notches), "--delay", 20, 4 if notches > 0 else 5)

    def key(self, *keys: str) -> None:
        """Press keys, once the window that is to hear them has the keyboard."""
        self.until(has_keyboard, "the keyboard")
        self.screen.hand("key", "--clearmodifiers", *keys)

    def type(self, text: str) -> None:
        """Type; letters that the keyboard lacks are pasted, as xdotool remaps keys for them."""
        if text.isascii():
            self.screen.hand("type", "--delay", 8, "--", text)
        else:
            self.screen.copy(text)
            self.key("ctrl+v")

    def fill(self, name: str, text: str, enter: bool = True) -> None:
        """Replace the text of a field."""
        for _ in range(3):
            self.click(name)
            try:
                self.until_widget(name, lambda entry: entry["focus"], "the focus", 5)
                break
            except AssertionError:
                continue  # the window manager may have moved a new dialog under the hand
        self.key("ctrl+a")
        self.type(text)
        if enter:
            self.key("Return")

    def choose(self, name: str, item: str) -> None:
        """Choose an item of a combo box by its text or id: a click opens, the arrow keys go."""
        entry = self.widget(name)
        names = entry["items"]
        wanted = next(
            (i for i, text in enumerate(names) if item in (text, entry["ids"][i])),
            None,
        )
        assert wanted is not None, f"{name} has no {item!r}: {names}"
        self.click(name)
        self.until_widget(name, lambda now: now["popup"], "the list to open")
        self.key("Home", *["Down"] * wanted, "Return")
        self.until_widget(name, lambda now: now["current"] == wanted, f"{item} chosen")

    def cell(self, name: str, column: int, text: str) -> dict[str, Any]:
        """The cell of a table or list whose row holds a text or id."""

        def find(entry: Widget) -> dict[str, Any] | None:
            for row in entry.get("rows", []):
                if any(text in (cell["text"], cell["id"]) for cell in row):
                    return row[column]
            return None

        return self.until_widget(name, find, f"a row with {text}")

    def click_cell(self, name: str, column: int, text: str, times: int = 1) -> None:
        """Click a cell of a table or list, after turning the wheel until it can be seen."""
        self.cell(name, column, text)
        self.resting(name)  # a table that has just got its rows moves where others make room
        for _ in range(40):
            x, y = middle(self.cell(name, column, text)["rect"])
            left, top, width, height = self.widget(name)["rect"]
            if top < y < top + height - 4:
                self.click_at((x, y), times=times)
                return
            self.wheel((left + width / 2, top + height / 2), -1 if y > top else 1)
            self.until(
                lambda _, before=y: middle(self.cell(name, column, text)["rect"])[1] != before,
                f"{name} to scroll",
            )
        raise AssertionError(f"{text} cannot be scrolled into view")

    def menu(self, action: str) -> None:
        """Choose an action through the menus and submenus, wherever it is, with the mouse."""
        for title in self.look()["menubar"]:
            self.click_at(middle(title["rect"]))
            items = self.until(lambda seen: seen["menu"], "an open menu")
            submenus = [item for item in items if item["submenu"]]
            while True:
                found = next((item for item in items if item["id"] == action), None)
                if found:
                    self.click_at(middle(found["rect"]))
                    wait_until(self._menu_is_left, "the menu to close")
                    return
                if not submenus:
                    break
                items = self._open_submenu(submenus.pop(0))
            self._close_menus()
        raise AssertionError(f"no menu holds {action}")

    def _menu_is_left(self) -> bool:
        """No menu is open; an action that quits may end the program before that is written."""
        return not self._read()["menu"] or self.process.poll() is not None

    def _open_submenu(self, item: dict[str, Any]) -> list[dict[str, Any]]:
        self.click_at(middle(item["rect"]))
        return self.until(
            lambda seen: [one for one in seen["menu"] if one["menu"] == item["text"]],
            f"the submenu {item['text']}",
        )

    def _close_menus(self) -> None:
        while self.look()["menu"]:
            before = len(self.look()["menu"])
            self.key("Escape")
            self.until(lambda seen, n=before: len(seen["menu"]) < n, "a menu to close")

    # --- the end

    def close(self, timeout_s: float = 60) -> None:
        """Close the window as a person does, and expect a clean exit."""
        self.key("alt+F4")  # the window manager's: it asks the window to close
        self.ended(timeout_s)

    def ended(self, timeout_s: float = 60) -> None:
        """Exit code 0 and nothing on stderr."""
        try:
            code = self.process.wait(scaled(timeout_s))
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGABRT)  # every thread says where it is
            self.process.wait(scaled(10))
            raise AssertionError(
                f"still there {scaled(timeout_s):.0f} s after it was closed: {self.errors}"
            ) from None
        assert code == 0 and not self.errors, f"ended with {code}, stderr: {self.errors!r}"

    def kill(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(scaled(10))


@contextmanager
def dropped(
    program: Program, place: Path, target: tuple[float, float], *files: Path
) -> Iterator[None]:
    """Drag files from a window of their own to a place on the screen.

    The other program goes on while the body waits for what was dropped: it still has to
    hand it over.

    Args:
        place: a folder for the other program's home.
        target: where they are let go.
    """
    place.mkdir()
    screen = program.screen
    source = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("drag_source.py"), *files],
        env={**private_environment(place), "DISPLAY": screen.display},
    )
    try:
        window = wait_until(
            lambda: screen.run(
                "xdotool", "search", "--onlyvisible", "--name", "drag source", check=False
            ),
            "the other window",
        ).split()[0]
        screen.hand("windowactivate", "--sync", window)
        facts = screen.hand("getwindowgeometry", "--shell", window)
        told = dict(line.split("=") for line in facts.split())
        x, y, w, h = (int(told[key]) for key in ("X", "Y", "WIDTH", "HEIGHT"))
        program.drop((x + w / 2, y + h / 2), target)
        yield
    finally:
        source.terminate()
        source.wait(scaled(10))
