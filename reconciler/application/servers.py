"""
Which declared server a source belongs to, and which server a plan addresses (decision B1).

Planning production against a test export must be impossible: a source that matches no declared
server is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reconciler.application.refusals import usage
from reconciler.kinds.naming import name_connectors
from reconciler.kinds.registry import KINDS
from reconciler.model.findings import quoted
from reconciler.model.snapshots import Server


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """A reading and the declared server that it belongs to."""

    name: str
    server: Server


def first_label(name: str) -> str:
    """Return the part of a host name by which servers are matched."""
    return name.split(".", maxsplit=1)[0].casefold()


def role_of(source: Server) -> str:
    """Return the role that a server believes to have; `active` where it does not say."""
    reading = KINDS["staging-mode"].found(source, name_connectors(source, None))
    return next((str(resource.fields["role"]) for resource in reading.resources), "active")


def declared_name(source: Server, declared: Iterable[str]) -> str | None:
    """
    Return the declared server that a source belongs to, or None.

    Raises Refusal (64) where two declared servers would match.
    """
    names = list(declared)
    matches = [name for name in names if first_label(name) == first_label(source.name)]
    if len(matches) > 1:
        exact = [name for name in matches if name.casefold() == source.name.casefold()]
        if len(exact) == 1:
            return exact[0]
        raise usage(
            f"the source's server {quoted(source.name)} matches more than one declared server",
            expected=tuple(matches),
            remedy="name it in front of the source: sync01.corp.contoso.com=export:FOLDER",
        )
    return matches[0] if matches else None


def match_servers(
    sources: Sequence[tuple[str | None, Server]], declared: Sequence[str], *, environment: str
) -> tuple[Matched, ...]:
    """
    Return the declared server of each source; a name given with a source must fit what it says.

    Raises Refusal (64) for a source of no declared server, or two sources of one server.
    """
    matched: dict[str, Matched] = {}
    for given, server in sources:
        if given is None:
            name = declared_name(server, declared)
        else:
            name = _as_given(given, server, declared)
        if name is None:
            raise usage(
                f"the source is of server {quoted(server.name)}, which {environment} does not have",
                expected=tuple(declared) or ("environment.yaml declares no server",),
                remedy="use a source of this environment, or declare the server",
            )
        if name in matched:
            raise usage(f"two sources for server {quoted(name)}", remedy="give one source a server")
        matched[name] = Matched(name=name, server=server)
    return tuple(matched.values())


def addressed_server(roles: Mapping[str, str], wanted: str | None) -> str:
    """
    Return the server that a plan addresses: the wanted one, or the active one.

    Raises Refusal (64).
    """
    if wanted is not None:
        return _named(wanted, roles)
    active = [name for name, role in roles.items() if role == "active"]
    if len(active) == 1:
        return active[0]
    if len(roles) == 1:
        return next(iter(roles))
    raise usage(
        "environment.yaml does not say which server to plan for",
        expected=("exactly one server with `role: active`, or --server NAME",),
        remedy="`reconciler import ENV --from SOURCE` declares the server that a source comes from",
    )


def _as_given(given: str, server: Server, declared: Sequence[str]) -> str:
    name = _named(given, declared)
    if first_label(name) != first_label(server.name):
        raise usage(
            f"the source given for {quoted(name)} is of server {quoted(server.name)}",
            remedy="use a source of that server",
        )
    return name


def _named(wanted: str, declared: Iterable[str]) -> str:
    """Return the declared server of a name, exact or the only one of its first label."""
    names = tuple(declared)
    alike = [name for name in names if first_label(name) == first_label(wanted)]
    if wanted in names or len(alike) == 1:
        return wanted if wanted in names else alike[0]
    raise usage(f"{quoted(wanted)} is no declared server", expected=names)
