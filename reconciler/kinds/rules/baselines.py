"""
The baseline of a default rule: the hash of what the vendor shipped, and what a difference means.

Decision A8. Only `disabled` of a default rule may be declared; everything else is compared to know
whether the product was upgraded or somebody edited the rule.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from reconciler.kinds.minimum_build import build_number
from reconciler.kinds.rules.comparison import RULE_FIELDS
from reconciler.model.changes import Attribution
from reconciler.model.nodes import Plain

_NOT_HASHED = frozenset({"disabled", "precedence"})


def baseline_hash(name: str, connector: str, fields: Mapping[str, Plain]) -> str:
    """
    Return the SHA-256 of a rule's normal form, expressions in canonical form.

    `disabled` and the precedence number are left out: the one is declared, the other moves.
    """
    normal = {
        field: comparison.normal(fields[field])
        for field, comparison in RULE_FIELDS.items()
        if field not in _NOT_HASHED
    }
    value = {"rule": name, "connector": connector, **normal}
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def attribute_difference(
    *, baseline_tag: int, live_tag: int, baseline_build: str, live_build: str
) -> Attribution:
    """
    Tell whose difference a default rule shows (decision A8).

    A higher tag number is a product upgrade; equal tag and build an edit by hand; anything else,
    such as an equal tag on a higher or unknown build, is undecided.
    """
    if live_tag > baseline_tag:
        return Attribution.PRODUCT_UPGRADE
    same_build = build_number(live_build) == build_number(baseline_build)
    return Attribution.DRIFT if same_build and live_tag == baseline_tag else Attribution.UNDECIDED
