"""A value as text, in the spelling of the documents that people write (YAML's flow style)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reconciler.model.nodes import Plain
from reconciler.report.visible import visible

_IDLE: Mapping[str, Plain] = {
    "merge": "update",
    "execute_once": False,
    "case_sensitive": False,
    "value": "",
}
"""Members that documents leave out of flows and conditions: they say nothing."""

# What would read as a number, a word of YAML, a side of a difference or a piece of a list.
_AMBIGUOUS = re.compile(
    r"""\s|.*\s\s|.*\s$|.*(?:→|,\ |:\ |"\ )|["'\[{&*!|>%@`#]"""
    r"|(?:true|false|null|yes|no|on|off|~|-?[\d.]+)$|$",
    re.IGNORECASE | re.DOTALL,
)


def value_text(value: Plain) -> str:
    """
    Return a value in one line; a text is bare where it cannot be misread and quoted elsewhere.

    >>> value_text([{"attribute": "employeeType", "operator": "ISNOTNULL", "value": ""}])
    '[{attribute: employeeType, operator: ISNOTNULL}]'
    """
    return _nested(value) if isinstance(value, dict | list) else _scalar(value, is_nested=False)


def member_text(value: Plain) -> str:
    """Return a set's member in one line; a distinguished name stays bare."""
    return visible(value) if isinstance(value, str) and value.strip() else value_text(value)


def _nested(value: Plain) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_nested(item) for item in value)}]"
    if isinstance(value, dict):
        said = [
            f"{visible(name)}: {_nested(item)}"
            for name, item in value.items()
            if not _is_idle(name, item)
        ]
        return f"{{{', '.join(said)}}}"
    return _scalar(value, is_nested=True)


def _is_idle(name: str, value: Plain) -> bool:
    return name in _IDLE and value == _IDLE[name]


def _scalar(value: Plain, *, is_nested: bool) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return str(value)
    needs_quotes = _AMBIGUOUS.match(value) or (is_nested and re.search(r"[,\[\]{}]", value))
    return f'"{visible(value)}"' if needs_quotes else visible(value)
