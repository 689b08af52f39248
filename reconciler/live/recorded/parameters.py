"""
The parameters of a holder (`parameter-values`): name and text, by use.

Secrets and noise are left out; what a description says beyond the usual is left for `leaves`.
"""

from __future__ import annotations

from reconciler.live.recorded.codes import Code
from reconciler.live.recorded.elements import Element
from reconciler.live.recorded.inspection import Inspection
from reconciler.live.recorded.omissions import is_encrypted, is_noise
from reconciler.live.recorded.withholding import is_withheld, shown
from reconciler.live.recorded.words import with_line_feeds

_USUAL = {"type": "string", "dataType": "String"}


def take_parameters(
    holder: Element, inspection: Inspection, *, use: str | None = None
) -> dict[str, dict[str, str]]:
    """
    Return the parameters by use, then name, sorted.

    With `use` all are put under that use, and one that states another keeps it as a raw leaf (an AD
    partition holds a `crl-check` for `connectivity`).
    """
    found: dict[str, dict[str, str]] = {}
    for parameter in holder.all("parameter"):
        if is_encrypted(parameter) or is_noise(parameter):
            continue
        if is_withheld(parameter.attributes.get("name", ""), parameter.text):
            continue  # `leaves` says so
        _take(parameter, inspection, found=found, use=use)
    return {key: dict(sorted(values.items())) for key, values in sorted(found.items())}


def _take(
    parameter: Element, inspection: Inspection, *, found: dict[str, dict[str, str]], use: str | None
) -> None:
    name = parameter.take_attribute("name") or ""
    if not name.strip():
        inspection.damage(
            Code.MISSING_VALUE,
            "a parameter without a name",
            place=parameter.place(inspection.file),
            expected='<parameter name="…">',
        )
        return
    stated = parameter.attributes.get("use", "")
    if use is None or stated == use:
        parameter.take_attribute("use")
    for attribute, usual in _USUAL.items():
        if parameter.attributes.get(attribute) == usual:
            parameter.take_attribute(attribute)
    values = found.setdefault(use or stated, {})
    if name in values:
        inspection.damage(
            Code.REPEATED,
            f"parameter {shown(name)} a second time",
            place=parameter.place(inspection.file),
            expected="one parameter of a name",
        )
        return
    values[name] = with_line_feeds(parameter.take())
