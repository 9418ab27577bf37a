"""A user's text where Qt would take it for something else: tool tips, names that are no UTF-8."""

from __future__ import annotations

import html

from engine.file_text import printable


def tip(text: str) -> str:
    """A tool tip that shows the text as it is: Qt takes what looks like HTML for rich text."""
    text = printable(text)
    return f"<qt>{html.escape(text)}</qt>" if "<" in text else text
