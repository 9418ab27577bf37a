"""Formulas as mathematicians write them, in Qt's rich text."""

from __future__ import annotations

import html
import re

_POWER = re.compile(r"(?:\^|\*\*)\s*(?:(-?\d+(?:\.\d+)?|[A-Za-z]\w*)|\(([^()]*)\))")
_PRODUCT = re.compile(r"\s*\*\s*")
_SUM = re.compile(r"\s*([+\-−])\s*")
_FIRST_SIGN = re.compile(r"(^|[(,=]|<sup>)\s*([+−])\s*")
_NAMES = {"pi": "π", "sqrt": "√"}
_WORD = re.compile(r"[A-Za-z_]\w*")


def rich(formula: str) -> str:
    """Plain text such as `(1 - x)^2 + b*y` as rich text with raised powers."""
    text = html.escape(formula, quote=False)
    text = _POWER.sub(_raised, text)
    text = _PRODUCT.sub("·", text)
    text = _SUM.sub(_spaced, text)
    text = _FIRST_SIGN.sub(r"\1\2", text)
    parts = re.split(r"(<[^>]+>|&\w+;)", text)
    return "".join(
        part if part.startswith(("<", "&")) else _WORD.sub(_word, part) for part in parts
    )


def _raised(match: re.Match[str]) -> str:
    return f"<sup>{(match[1] or match[2]).replace('*', '·')}</sup>"


def _spaced(match: re.Match[str]) -> str:
    return f" {'−' if match[1] in '-−' else '+'} "


def _word(match: re.Match[str]) -> str:
    word = match[0]
    if word in _NAMES:
        return _NAMES[word]
    return f"<i>{word}</i>" if len(word) == 1 else word
