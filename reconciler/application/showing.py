"""`show`: a saved plan, read back."""

from __future__ import annotations

import json
from pathlib import Path

from reconciler.application.exits import Exit
from reconciler.application.refusals import Refusal, usage
from reconciler.model.findings import Concern, Finding, Severity, quoted
from reconciler.model.places import Place
from reconciler.model.plans import Plan
from reconciler.plan.decoding import PlanUnreadableError, decode_plan

PLAN_UNREADABLE = "RC4102"  # a file that is no saved plan
_LARGEST = 64 * 1024 * 1024


def read_plan(file: str) -> Plan:
    """Return a saved plan. Raises Refusal: 64 for no file, 6 for a file that holds no plan."""
    path = Path(file)
    try:
        if path.stat().st_size > _LARGEST:
            raise Refusal(Exit.INCOMPLETE, _unreadable(file, "the file is larger than 64 MiB"))
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(Exit.INCOMPLETE, _unreadable(file, "the file is not UTF-8")) from error
    except OSError as error:
        raise usage(
            f"{quoted(file)} cannot be read: {error.strerror or error}",
            remedy="save a plan first: reconciler plan ENV --out FILE",
        ) from error
    try:
        return decode_plan(json.loads(text))
    except (PlanUnreadableError, ValueError, RecursionError) as error:
        why = str(error) if isinstance(error, PlanUnreadableError) else "the file is not JSON"
        raise Refusal(Exit.INCOMPLETE, _unreadable(file, why)) from error


def _unreadable(file: str, why: str) -> Finding:
    return Finding(
        code=PLAN_UNREADABLE,
        severity=Severity.ERROR,
        concern=Concern.SOURCE,
        what="the file holds no plan that this version can read",
        place=Place(file),
        expected=(why,),
        remedy="save the plan again: reconciler plan ENV --out FILE",
    )
