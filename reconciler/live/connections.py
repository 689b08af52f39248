"""
How servers are reached, from a connections document that its schema has already accepted.

Whether such a document counts at all is decided here too (decision C1): a pull request must not
choose what runs or where a secret goes. Opening a connection is `bridge.opening`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from reconciler.live.secret_sources import SecretSource
from reconciler.model.nodes import Node

VARIABLE = "RECONCILER_CONNECTIONS"
"""Names the file where no option does."""

CI_VARIABLES = (
    "CI",
    "GITHUB_ACTIONS",
    "GITLAB_CI",
    "TF_BUILD",
    "JENKINS_URL",
    "BUILDKITE",
    "CIRCLECI",
    "TEAMCITY_VERSION",
    "BITBUCKET_BUILD_NUMBER",
    "CODEBUILD_BUILD_ID",
    "DRONE",
    "APPVEYOR",
)
"""Where one of these is set, nobody looked at the tree before the command runs."""


class Way(StrEnum):
    """The transports that a connection can name."""

    WINRM = "winrm"
    PROCESS = "process"


class Authentication(StrEnum):
    """How an account signs in over WinRM; negotiate takes Kerberos before NTLM."""

    NEGOTIATE = "negotiate"
    KERBEROS = "kerberos"
    NTLM = "ntlm"
    BASIC = "basic"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """
    Who signs in; without a user the account that runs the command.

    `certificate` and `key` are PEM files, for a sign-in with a certificate alone.
    """

    authentication: Authentication = Authentication.NEGOTIATE
    user: str | None = None
    password: SecretSource | None = None
    certificate: Path | None = None
    key: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerConnection:
    """How one server is reached. `host` is the server's own name unless another is given."""

    server: str
    way: Way
    host: str
    port: int | None = None
    command: tuple[str, ...] = ()
    ca_file: Path | None = None
    read: Account = Account()
    apply: Account | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Connections:
    """
    The connections of an environment, by server as environment.yaml names it.

    `secret_variables` are all variables that any connection names, the tenant's and the
    directories' among them: child processes see none.
    """

    servers: Mapping[str, ServerConnection] = field(default_factory=dict)
    secret_variables: frozenset[str] = frozenset()

    def of(self, server: str) -> ServerConnection | None:
        """Return the connection of a server; names are compared without case."""
        wanted = server.casefold()
        return next(
            (found for name, found in self.servers.items() if name.casefold() == wanted), None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Effective:
    """Which document counts: a file, the tree's own, or none and why."""

    file: Path | None = None
    is_of_tree: bool = False
    ci_variable: str | None = None


def effective_document(option: str | None, environ: Mapping[str, str]) -> Effective:
    """
    Return which connections count: the option's, the variable's, or the tree's outside CI.

    >>> effective_document(None, {"CI": "true"}).ci_variable
    'CI'
    """
    named = option or environ.get(VARIABLE) or None
    if named is not None:
        return Effective(file=Path(named))
    found = next((name for name in CI_VARIABLES if environ.get(name)), None)
    return Effective(is_of_tree=found is None, ci_variable=found)


def connections_in(root: Node, *, folder: Path) -> Connections:
    """
    Return the connections of a document that fits its schema; paths are relative to `folder`.

    What the schema would have refused is left out.
    """
    servers = root.member("servers")
    found = [
        connection
        for name, node in (servers.members() if servers else ())
        if (connection := _server(name, node, folder)) is not None
    ]
    return Connections(
        servers={connection.server: connection for connection in found},
        secret_variables=frozenset(_variables(root)),
    )


def _server(name: str, node: Node, folder: Path) -> ServerConnection | None:
    way = _text(node, "transport")
    host = _text(node, "host") or name
    # a host could otherwise become an option of a program
    if way not in set(Way) or host.startswith("-") or name.startswith("-"):
        return None
    port, command = node.member("port"), node.member("command")
    apply = node.at("identity", "apply")
    return ServerConnection(
        server=name,
        way=Way(way),
        host=host,
        port=port.value if port and isinstance(port.value, int) else None,
        command=tuple(str(item.value) for item in command.items()) if command else (),
        ca_file=_path(node, "ca_file", folder),
        read=_account(node.at("identity", "read"), folder),
        apply=_account(apply, folder) if apply else None,
    )


def _account(node: Node | None, folder: Path) -> Account:
    if node is None:
        return Account()
    certificate, key = _path(node, "certificate", folder), _path(node, "key", folder)
    said = _text(node, "authentication")
    authentication = Authentication(said) if said in set(Authentication) else None
    if authentication is None:
        authentication = Authentication.CERTIFICATE if certificate else Authentication.NEGOTIATE
    return Account(
        authentication=authentication,
        user=_text(node, "user"),
        password=_secret(node.member("password"), folder),
        certificate=certificate,
        key=key,
    )


def _secret(node: Node | None, folder: Path) -> SecretSource | None:
    if node is None:
        return None
    return SecretSource(variable=_text(node, "env"), file=_path(node, "file", folder))


def _variables(node: Node) -> Iterator[str]:
    """Yield every variable that is named as a source of a secret, wherever it stands."""
    variable = _text(node, "env")
    if variable is not None:
        yield variable
    for _, member in node.members():
        yield from _variables(member)
    for item in node.items():
        yield from _variables(item)


def _text(node: Node, name: str) -> str | None:
    member = node.member(name)
    return member.value if member and isinstance(member.value, str) else None


def _path(node: Node, name: str, folder: Path) -> Path | None:
    text = _text(node, name)
    return folder / text if text else None
