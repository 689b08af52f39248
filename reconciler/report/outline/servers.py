"""The servers that a report speaks about: what they are, and how old the reading is."""

from __future__ import annotations

from collections.abc import Sequence

from reconciler.model.plans import ServerFacts
from reconciler.report.visible import visible
from reconciler.report.wording import age, and_more

_MOST = 3
_READ = {"export": "exported", "snapshot": "recorded", "bridge": "read"}


def server_words(server: ServerFacts, *, now: str | None = None) -> str:
    """Return name, role, build and age of a server in one line; `now` is ISO 8601."""
    return f"{_identity(server)} · {read_words(server, now=now)}"


def server_facts(servers: Sequence[ServerFacts], *, now: str | None) -> tuple[str, ...]:
    """Return the words of the first servers and the number of the others."""
    facts = [server_words(server, now=now) for server in servers[:_MOST]]
    if len(servers) > _MOST:
        facts.append(and_more(len(servers) - _MOST, "server"))
    return tuple(facts)


def read_words(server: ServerFacts, *, now: str | None) -> str:
    """Return when a server was read, as an age where `now` is given."""
    verb = _READ.get(server.kind_of_source, "read")
    if not server.read_at:
        return f"{verb} at an unknown time"
    passed = age(server.read_at, now) if now else ""
    return f"{verb} {passed or visible(server.read_at, longest=40)}"


def _identity(server: ServerFacts) -> str:
    role = f" ({visible(server.role, longest=20)})" if server.role else ""
    name = f"{visible(server.name, longest=100)}{role}"
    return f"{name}, build {visible(server.build, longest=40)}" if server.build else name
