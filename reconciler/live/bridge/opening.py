"""Makes the transport that a connection describes; nothing is reached before the first call."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from reconciler.live.bridge.environment import child_environment
from reconciler.live.bridge.process import ProcessTransport
from reconciler.live.bridge.ssh import CommandError
from reconciler.live.bridge.transport import Transport, TransportError, Trouble
from reconciler.live.bridge.winrm import Endpoint, WinRMTransport
from reconciler.live.connections import Account, Connections, ServerConnection, Way
from reconciler.live.secret_sources import SecretError


class Role(StrEnum):
    """Which of the two endpoints is wanted; the value is the name of its session configuration."""

    READ = "Reconciler.Read"
    APPLY = "Reconciler.Apply"


def open_transport(
    connection: ServerConnection,
    *,
    role: Role,
    connections: Connections,
    environ: Mapping[str, str],
) -> Transport:
    """Return the transport to a server. Raises TransportError, also where a secret is missing."""
    if connection.way is Way.PROCESS:
        environment = child_environment(environ, connections.secret_variables)
        try:
            return ProcessTransport(connection.command, environment=environment)
        except CommandError as error:
            raise TransportError(
                Trouble.PROCESS_FAILED,
                str(error),
                remedy=f"correct the command of {connection.server} in connections.yaml",
            ) from error
    account = connection.read if role is Role.READ else connection.apply
    if account is None:
        raise TransportError(
            Trouble.REFUSED,
            f"the connection to {connection.server} has no identity that applies",
            remedy="add identity.apply to it in connections.yaml",
        )
    return WinRMTransport(_endpoint(connection, account, role=role, environ=environ))


def _endpoint(
    connection: ServerConnection, account: Account, *, role: Role, environ: Mapping[str, str]
) -> Endpoint:
    try:
        password = account.password.read(environ) if account.password else None
    except SecretError as error:
        raise TransportError(Trouble.REFUSED, error.what, remedy=error.remedy) from error
    return Endpoint(
        host=connection.host,
        name=role.value,
        port=connection.port,
        authentication=account.authentication,
        user=account.user,
        password=password,
        certificate=account.certificate,
        key=account.key,
        ca_file=connection.ca_file,
    )
