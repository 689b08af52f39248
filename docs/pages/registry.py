"""The generated pages there are, a line each: the file in docs/reference/ and who writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from docs.pages.codes import codes_page
from docs.pages.commands import commands_page
from docs.pages.exit_codes import exit_codes_page
from docs.pages.kinds import kinds_page
from reconciler.checks.reference import reference_page as checks_page

PAGES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "checks.md": checks_page,
        "codes.md": codes_page,
        "commands.md": commands_page,
        "exit-codes.md": exit_codes_page,
        "kinds.md": kinds_page,
    }
)
