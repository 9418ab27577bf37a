"""The field for one number, under real key events."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import i18n, number_text
from gui.widgets.number_field import NumberField, log_step


@pytest.fixture
def field(qtbot: QtBot) -> NumberField:
    made = NumberField(0.01, minimum=0.0, maximum=100.0, logarithmic=True)
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    return made


def write(field: NumberField, text: str, *, enter: bool = True) -> None:
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    for letter in text:  # QTest itself aborts on letters beyond Latin
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(
                field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            )
    if enter:
        QTest.keyClick(field, Qt.Key.Key_Return)


def test_typed_number_is_taken_on_enter(field: NumberField, qtbot: QtBot) -> None:
    with qtbot.waitSignal(field.value_changed) as heard:
        write(field, "1e-3")
    assert heard.args == [1e-3]
    assert field.value() == 1e-3
    assert field.text() == "0.001"


def test_nonsense_keeps_the_value_and_says_why(field: NumberField, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(field.value_changed):
        write(field, "abc")
    assert field.value() == 0.01
    assert field.is_wrong()
    assert "abc" in field.toolTip()


def test_leaving_with_nonsense_shows_the_old_value_still_marked(
    field: NumberField, qtbot: QtBot
) -> None:
    write(field, "abc", enter=False)
    field.clearFocus()
    assert field.text() == "0.01"
    assert field.is_wrong() and field.toolTip()
    write(field, "2")
    assert field.value() == 2 and not field.is_wrong()


def test_value_out_of_range_is_refused_not_clamped(field: NumberField) -> None:
    write(field, "700")
    assert field.value() == 0.01
    assert "100" in field.toolTip()


def test_untouched_text_keeps_the_hidden_digits(field: NumberField, qtbot: QtBot) -> None:
    field.set_value(1 / 3)
    assert field.text() == "0.333333"
    with qtbot.assertNotEmitted(field.value_changed):
        QTest.keyClick(field, Qt.Key.Key_Return)
        field.clearFocus()
    assert field.value() == 1 / 3


def test_arrows_step_a_logarithmic_field(field: NumberField) -> None:
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.value() == 0.02
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.value() == 0.005
    QTest.keyClick(field, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert field.value() == 0.05


def test_arrows_step_a_linear_field(qtbot: QtBot) -> None:
    field = NumberField(0.1, minimum=0.0, maximum=5.0, step=0.1)
    qtbot.addWidget(field)
    QTest.keyClick(field, Qt.Key.Key_Up)
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.value() == 0.3
    QTest.keyClick(field, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert field.value() == 1.3
    QTest.keyClick(field, Qt.Key.Key_PageDown)
    QTest.keyClick(field, Qt.Key.Key_PageDown)
    assert field.value() == 0.0


def test_escape_brings_the_old_text_back(field: NumberField) -> None:
    write(field, "77", enter=False)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "0.01"


def test_language_change_rewrites_the_decimal_sign(
    field: NumberField, qapp: QApplication, qtbot: QtBot
) -> None:
    i18n.apply("ru")
    qtbot.waitUntil(lambda: field.text() == "0,01")
    write(field, "0,25")
    assert field.value() == 0.25
    write(field, "0.5")
    assert (field.value(), field.text()) == (0.5, "0,5")
    i18n.apply("en")
    qtbot.waitUntil(lambda: field.text() == "0.5")


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(alphabet="0123456789.,eе+-^/% x", max_size=8))
def test_any_typing_gives_what_the_parser_says_or_keeps_the_value(
    field: NumberField, text: str
) -> None:
    field.set_value(1.0)
    field.setFocus()
    write(field, text)
    try:
        expected = number_text.parse(text, minimum=0.0, maximum=100.0)
    except number_text.NumberError:
        expected = 1.0
    assert field.value() == expected


@given(st.floats(min_value=1e-12, max_value=1e12), st.booleans())
def test_log_steps_are_strict_and_undo_each_other(value: float, large: bool) -> None:
    up = log_step(value, 1, large=large)
    assert up > value
    start = up
    assert log_step(log_step(start, 1, large=large), -1, large=large) == pytest.approx(start)
