"""Sheets to print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.errors import ExportError
from engine.networks.backprop import latex
from engine.networks.backprop.exercise import random_exercise
from engine.networks.backprop.sheets import TEXTS, markdown, write_sheets
from engine.optimizers.expressions import read

SHEETS = [random_exercise(seed, 1 + seed % 3) for seed in range(3)]


def test_markdown_has_all_tasks_before_the_solutions() -> None:
    pages = markdown(SHEETS).split("\\newpage")
    assert len(pages) == 6
    assert [page.strip().splitlines()[0] for page in pages] == [
        *(f"# Backpropagation, exercise {n}" for n in (1, 2, 3)),
        *(f"# Solution of exercise {n}" for n in (1, 2, 3)),
    ]
    for page, exercise in zip(pages[3:], SHEETS, strict=True):
        assert page.count("\n- $") == len(exercise.questions)
        for question in exercise.questions:
            assert latex.number(question.answer) in page
    for page, exercise in zip(pages, SHEETS, strict=False):
        assert latex.number(exercise.questions[0].answer) not in page


def test_a_pdf_has_a_page_for_each(tmp_path: Path) -> None:
    path, again = tmp_path / "class.pdf", tmp_path / "again.pdf"
    write_sheets(SHEETS[:2], path)
    content = path.read_bytes()
    assert content.startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", content)) >= 4
    write_sheets(SHEETS[:1], path)
    write_sheets(SHEETS[:1], again)
    assert again.read_bytes() == path.read_bytes()


def test_sheets_speak_another_language() -> None:
    text = markdown(SHEETS[:1], {text: f"<{place}> {text}" for place, text in enumerate(TEXTS)}.get)
    for place, _ in enumerate(TEXTS):
        assert f"<{place}>" in text


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError):
        write_sheets(SHEETS, tmp_path / "sheet.docx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("-2*alpha*o_5*(1 - o_5)*(t_5 - o_5)",
         r"-2 \cdot \alpha \cdot o_{5} \cdot (1 - o_{5}) \cdot (t_{5} - o_{5})"),
        ("1/(1 + exp(-2*alpha*S_3))",
         r"\dfrac{1}{1 + e^{-2 \cdot \alpha \cdot S_{3}}}"),
        ("w_1_3 + dw_1_3", r"w_{1,3} + \Delta w_{1,3}"),
        ("(t_4 - o_4)**2", "(t_{4} - o_{4})^{2}"),
        ("max(0, S_3)", r"\max(0, S_{3})"),
    ],
)  # fmt: skip
def test_formulas_are_set_as_in_the_notes(text: str, written: str) -> None:
    assert latex.formula(read(text)) == written
