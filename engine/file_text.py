"""A user's text as other programs can read it: names that are no UTF-8, tables, XML."""

from __future__ import annotations

import re

_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")
# XML 1.0, production [2]: what no document may hold, not even as a reference.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """Text with an escape such as `\\udce7` for each byte of a file name that is no UTF-8."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def csv_cell(text: str) -> str:
    """A text for a table: what a spreadsheet would run begins with an apostrophe.

    Source: OWASP, CSV Injection.
    """
    text = printable(text)
    return f"'{text}" if text.startswith(_RUN_BY_SPREADSHEETS) else text


def xml_text(text: str) -> str:
    """A text for XML, with an escape for each character that XML cannot hold."""
    return _NOT_IN_XML.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)
