"""The lowest build that an environment accepts on its servers (adsync-server.md 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from reconciler.kinds.kind import Draft, World, Written
from reconciler.kinds.naming import Naming
from reconciler.kinds.server_settings import VALUE, ServerSetting
from reconciler.model.changes import FieldChange, Risk, Support
from reconciler.model.nodes import Plain
from reconciler.model.resources import Reading, Resource
from reconciler.model.snapshots import Server


def build_number(text: str) -> tuple[int, ...]:
    """
    Return a build as numbers, which compare as builds do; zeros at the end say nothing.

    >>> build_number("2.5.190.0") > build_number("2.5.79.0")
    True
    >>> build_number("2.5.190") == build_number("2.5.190.0")
    True
    """
    numbers = [int(part) for part in re.findall(r"[0-9]+", text)]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A wish that anything equal or higher fulfils; `before` is what runs, `after` the wish."""

    def normal(self, value: Plain) -> Plain:
        """Return the build as it is written."""
        return value

    def differences(self, path: str, before: Plain, after: Plain) -> Iterator[FieldChange]:
        """Yield one change where the running build is lower than the wish."""
        if build_number(str(before)) < build_number(str(after)):
            yield FieldChange(path=path, before=before, after=after)


class MinimumBuild(ServerSetting):
    """An expectation: a server below it is a manual step, a server above it is in order."""

    name = "minimum-build"
    title = "minimum build"
    slot = ("minimum_build",)
    fields: ClassVar = {VALUE: AtLeast()}
    support = Support.MANUAL

    def read(self, server: Server, naming: Naming) -> Reading:
        """Return the running build."""
        return Reading(resources=(self.of({VALUE: server.build}),)) if server.build else Reading()

    def written(self, resource: Resource, world: World) -> Written | None:
        """Write nothing: how old a build may be is a decision, not a fact to import."""
        return None

    def risk(self, draft: Draft) -> Risk:
        """Judge: an upgrade can add rules and request full synchronizations."""
        return Risk.BEHAVIOUR

    def instructions(self, draft: Draft, world: World) -> tuple[str, ...]:
        """Return the upgrade's steps (how-to-upgrade-previous-version.md)."""
        return (
            (
                "Microsoft Entra admin center → Entra Connect → download the installer "
                f"({draft.after(VALUE)} or later)"
            ),
            "upgrade the staging server first",
            "compare it with `reconciler compare`, then upgrade the active one",
        )
