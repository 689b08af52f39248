"""The worlds of the scenarios, for people who mean harm."""

from __future__ import annotations

from tests.scenarios.conftest import (
    _example,
    bare,
    example_export,
    program,
    world,
)

__all__ = ["_example", "bare", "example_export", "program", "world"]
