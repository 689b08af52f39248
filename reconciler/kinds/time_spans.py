"""
Time spans in the vendor's spelling, `[d.]hh:mm:ss`: reading them and one spelling for each.

Lowest values and defaults are the kinds' knowledge.
"""

from __future__ import annotations

import re
from datetime import timedelta

_SPAN = re.compile(r"(?:(\d{1,8})\.)?(\d{1,2}):([0-5]?\d)(?::([0-5]?\d)(?:\.0+)?)?", re.ASCII)


def parse_span(text: str) -> timedelta | None:
    """
    Return the span, or None where the text is none.

    >>> parse_span("7.00:00:00")
    datetime.timedelta(days=7)
    """
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    if hours > 23:
        return None
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def normal_span(text: str) -> str:
    """
    Return one spelling of a span; a text that is none comes back as it is.

    >>> normal_span("0.00:30")
    '00:30:00'
    """
    span = parse_span(text)
    if span is None:
        return text
    minutes, seconds = divmod(span.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days = f"{span.days}." if span.days else ""
    return f"{days}{hours:02}:{minutes:02}:{seconds:02}"
