"""A minimum build is a build number, which is compared part by part."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.subject import Subject
from reconciler.kinds.server_settings import VALUE
from reconciler.model.findings import Finding, quoted

_BUILD = re.compile(r"\d{1,5}(\.\d{1,5}){1,3}")


class BuildForm(Check):
    """`minimum_build` is two to four numbers with dots between them."""

    code = "RC2506"
    title = "malformed build number"
    authority = "adsync-server.md 1"
    description = "Builds of the product are written as in its version history, such as 2.5.79.0."
    example = "minimum_build: latest"

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding where the minimum build is no build number."""
        setting = subject.setting("minimum-build")
        value = str(setting.fields.get(VALUE)) if setting else ""
        if setting is not None and not _BUILD.fullmatch(value):
            yield self.finding(
                f"minimum_build {quoted(value)} is no build number",
                place=setting.place_of(VALUE),
                address=setting.address,
                expected=("two to four numbers with dots between them, such as 2.5.79.0",),
                remedy="copy it from the product's version history, in quotes",
            )
