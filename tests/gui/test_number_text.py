"""Numbers as people write them."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from gui import number_text
from gui.i18n import LOCALES

RUSSIAN = LOCALES["ru"]
ENGLISH = LOCALES["en"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.25", 0.25),
        ("0,25", 0.25),
        (".5", 0.5),
        (",5", 0.5),
        ("5.", 5.0),
        ("1e-3", 1e-3),
        ("1E-3", 1e-3),
        ("1е-3", 1e-3),  # a Cyrillic letter
        ("1Е-3", 1e-3),
        ("2^-4", 0.0625),
        ("2**-4", 0.0625),
        ("10^ -3", 1e-3),
        ("1/3", 1 / 3),
        ("3*10^-4", 3e-4),
        ("3·10^−4", 3e-4),
        ("3 × 10^-4", 3e-4),
        ("−1,5", -1.5),
        ("-2^2", -4.0),
        ("+7", 7.0),
        ("1 000", 1000.0),
        ("12\u2009345,5", 12345.5),
        ("1\u00a0000\u00a0000", 1e6),
        ("50%", 0.5),
        ("50 %", 0.5),
        ("1,234", 1.234),
        ("  3  ", 3.0),
        ("٣", 3.0),
    ],
)
def test_parse_understands(text: str, value: float) -> None:
    assert number_text.parse(text) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "abc",
        "1.2.3",
        "1,234,567",
        "1,234.5",
        "1 23",
        "1 2",
        "--1",
        "1e",
        "e3",
        "2^",
        "1/",
        "1/0",
        "9^9999",
        "1e999",
        "-2^0.5x",
        "nan",
        "inf",
        "__import__('os')",
        "0x10",
        "1_000",
        "1+1",
        "(1)",
        "9" * 300,
    ],
)
def test_parse_refuses_nonsense_with_a_reason(text: str) -> None:
    with pytest.raises(number_text.NumberError) as caught:
        number_text.parse(text)
    assert str(caught.value)


def test_parse_names_the_limit() -> None:
    with pytest.raises(number_text.NumberError, match="the most is 1"):
        number_text.parse("7", minimum=0, maximum=1)
    with pytest.raises(number_text.NumberError, match="the least is 0"):
        number_text.parse("-7", minimum=0, maximum=1)
    with pytest.raises(number_text.NumberError, match="whole"):
        number_text.parse("2.5", integer=True)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_what_is_written_is_read_back(value: float) -> None:
    for locale in (RUSSIAN, ENGLISH):
        assert number_text.parse(number_text.write(value, digits=17, locale=locale)) == value


@given(
    st.floats(min_value=1e-300, max_value=1e300),
    st.integers(min_value=1, max_value=15),
)
def test_writing_keeps_the_asked_figures(value: float, digits: int) -> None:
    read = number_text.parse(number_text.write(value, digits=digits, locale=RUSSIAN))
    assert math.isclose(read, float(f"{value:.{digits}g}"), rel_tol=1e-15)


@given(st.text(max_size=30))
def test_any_text_is_a_finite_number_or_refused(text: str) -> None:
    try:
        value = number_text.parse(text)
    except number_text.NumberError:
        return
    assert math.isfinite(value)


@given(st.text(alphabet="0123456789.,eе+-−^/*% \u2009", max_size=14))
def test_texts_that_look_like_numbers_are_finite_or_refused(text: str) -> None:
    test_any_text_is_a_finite_number_or_refused.hypothesis.inner_test(text)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_comma_and_point_mean_the_same(value: Decimal) -> None:
    text = f"{value:f}"
    assert number_text.parse(text) == number_text.parse(text.replace(".", ",")) == float(value)


def test_russian_writes_a_comma() -> None:
    assert number_text.write(0.25, locale=QLocale(RUSSIAN)) == "0,25"
    assert number_text.write(-1e-9, locale=QLocale(RUSSIAN)) == "−1e-9"


@pytest.mark.parametrize(("value", "text"), [(0.5264, "0.526"), (0, "0.000"), (-1, "–")])
def test_a_metric_of_nothing_to_find_is_a_dash(value: float, text: str) -> None:
    assert number_text.write_metric(value) == text
