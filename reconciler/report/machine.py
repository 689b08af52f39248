"""Values as JSON for machines; what a plan's JSON holds is `plan.encoding`'s."""

from __future__ import annotations

import json

from reconciler.model.nodes import Plain
from reconciler.report.visible import json_visible


def to_json(value: Plain) -> str:
    """
    Return the value as JSON with sorted keys, two blanks of indentation and a line feed at the end.

    Unseen characters are escaped, so that a name cannot act on the terminal that shows it; every
    other character stands as it is, and reading the text gives the value back.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False)
    return f"{json_visible(text)}\n"
