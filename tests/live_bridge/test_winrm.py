"""
The WinRM transport: pypsrp as it is, against a double on loopback.

The nine behaviours of pypsrp that would have become bugs (powershell-transport.md 2) have a test
each, with its number. A double shows that we speak the protocol, and nothing of ADSync.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reconciler.live.bridge import winrm
from reconciler.live.bridge.transport import Deadline, TransportError, Trouble
from reconciler.live.bridge.winrm import Endpoint, WinRMTransport
from reconciler.live.connections import Authentication
from reconciler.live.secret_sources import Secret
from tests.live_bridge.bridge_json import marked_text, reply_value
from tests.live_bridge.certificates import write_certificates
from tests.live_bridge.fakes import interrupted, soon
from tests.live_bridge.psrp_shell import CommandError, Configuration, Invocation
from tests.live_bridge.wsman_server import WSManServer

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

PASSWORD = "Summer-2026-Contoso!"
PIECE = 60_000


class World:
    """What the functions of the double do, and what they saw."""

    def __init__(self) -> None:
        self.seen: list[dict[str, object]] = []
        self.began = threading.Event()
        self.stopped = threading.Event()

    def functions(self) -> dict[str, Callable[[Invocation], Iterable[object]]]:
        return {
            "Get-Echo": self.echo,
            "Get-Large": lambda _: pieces("x" * 5_000_000),
            "Get-Quiet": self.quiet,
            "Get-Warned": self.warned,
            "Get-Failed": self.failed,
            "Get-Number": lambda _: [7],
            "Get-Nothing": lambda _: [],
            "Get-Nonsense": lambda _: ["{}"],
        }

    def echo(self, invocation: Invocation) -> Iterator[object]:
        self.seen.append(dict(invocation.arguments))
        yield from pieces({name.lower(): text for name, text in invocation.arguments.items()})

    def quiet(self, invocation: Invocation) -> Iterator[object]:
        self.began.set()
        invocation.stopping.wait(60)
        self.stopped.set()
        yield from ()

    def warned(self, invocation: Invocation) -> Iterator[object]:
        yield from pieces("done")
        invocation.write_error("the write was lost", "WriteLost")

    def failed(self, _: Invocation) -> Iterator[object]:
        yield from ()
        raise CommandError("the product fell over", "Unexpected")


def pieces(value: Any) -> Iterator[str]:
    text = marked_text(reply_value(value))
    yield from (text[start : start + PIECE] for start in range(0, len(text), PIECE))


def await_threads() -> None:
    """Wait for the calls that were left behind."""
    for thread in threading.enumerate():
        if thread.name == winrm.THREADS:
            thread.join(60)
            assert not thread.is_alive()


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return write_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def server(world: World, certificates: tuple[Path, Path]) -> Iterator[WSManServer]:
    configurations = [
        Configuration(name="Reconciler.Read", functions=world.functions()),
        Configuration(
            name="Reconciler.Apply", functions=world.functions(), users=frozenset({"admin"})
        ),
    ]
    users = {"reader": PASSWORD}
    with WSManServer(configurations, certificate=certificates[1], users=users) as double:
        yield double
        if double.failures.hang is not None:
            double.failures.hang.set()
        # a server that goes away in the middle of a handshake makes Python leak the socket
        await_threads()


@pytest.fixture
def endpoint(server: WSManServer, certificates: tuple[Path, Path]) -> Endpoint:
    return Endpoint(
        host="127.0.0.1",
        port=server.port,
        name="Reconciler.Read",
        authentication=Authentication.BASIC,
        user="reader",
        password=Secret(PASSWORD),
        ca_file=certificates[0],
    )


@pytest.fixture
def transport(endpoint: Endpoint) -> Iterator[WinRMTransport]:
    session = WinRMTransport(endpoint)
    yield session
    session.close()


def failure(
    transport: WinRMTransport, function: str = "Get-Echo", *, seconds: float = 60
) -> TransportError:
    with pytest.raises(TransportError) as caught:
        transport.call(function, deadline=Deadline.after(seconds))
    transport.close()
    return caught.value


def test_a_call_is_answered_over_tls_by_the_named_endpoint(
    transport: WinRMTransport, server: WSManServer
) -> None:
    reply = transport.call("Get-Echo", {"section": "rules,schemas"}, deadline=soon())

    assert reply.value == {"section": "rules,schemas"}
    assert [shell.identifier for shell in server.every_shell] == list(server.shells)


@pytest.mark.parametrize(
    "text",
    [
        '"; Remove-Item C:\\ #',
        "$(calc) `n",
        "a\nb\r\nc\t",
        "Ünïcode – 東京 😀",
        "_x0041_",
        "\x07\x00",
        "",
    ],
)
def test_no_text_means_anything_on_the_way(
    transport: WinRMTransport, world: World, text: str
) -> None:
    request = json.dumps({"text": text})

    reply = transport.call("Get-Echo", {"request": request}, deadline=soon())

    assert reply.value == {"request": request}
    assert world.seen == [{"Request": request}]


def test_five_megabytes_come_back_in_pieces(transport: WinRMTransport) -> None:
    assert transport.call("Get-Large", deadline=soon()).value == "x" * 5_000_000


def test_one_pool_serves_all_calls_and_is_closed_once(
    transport: WinRMTransport, server: WSManServer
) -> None:
    for _ in range(3):
        transport.call("Get-Echo", deadline=soon())
    transport.close()
    transport.close()

    assert (server.requests["Create"], server.requests["Command"]) == (1, 3)
    assert server.requests["Delete"] == 1
    assert server.shells == {}


def test_1_an_error_that_does_not_end_the_pipeline_is_still_an_error(
    transport: WinRMTransport,
) -> None:
    error = failure(transport, "Get-Warned")

    assert (error.kind, error.is_outcome_unknown) == (Trouble.BAD_REPLY, True)
    assert "the write was lost" in error.what


def test_2_a_lost_connection_is_not_hidden_by_tidying_up(
    transport: WinRMTransport, server: WSManServer
) -> None:
    transport.call("Get-Echo", deadline=soon())
    server.failures.cut = {"Receive"}

    error = failure(transport)

    assert (error.kind, error.is_outcome_unknown) == (Trouble.CUT, True)
    assert "the connection to 127.0.0.1 was lost during the call" in error.what


def test_3_a_command_whose_reply_was_lost_ran_and_is_not_sent_again(
    transport: WinRMTransport, server: WSManServer, world: World
) -> None:
    server.failures.cut = {"Command"}

    error = failure(transport)

    assert (error.kind, error.is_outcome_unknown) == (Trouble.CUT, True)
    assert server.requests["Command"] == 1
    assert len(world.seen) <= 1


def test_4_a_read_waits_longer_than_an_operation_and_nothing_is_retried(
    transport: WinRMTransport,
) -> None:
    transport.call("Get-Echo", deadline=soon())

    connection = transport.opened().connection
    http = connection.transport
    assert http.read_timeout > connection.operation_timeout
    assert http.reconnection_retries == 0
    assert http.no_proxy


def test_5_a_deadline_ends_a_call_that_would_wait_for_ever_and_stops_it(
    transport: WinRMTransport, world: World
) -> None:
    error = failure(transport, "Get-Quiet", seconds=1)

    assert world.began.is_set()
    assert error.kind is Trouble.TIMED_OUT
    assert world.stopped.wait(60)


def test_6_a_call_that_was_stopped_has_an_unknown_outcome(
    transport: WinRMTransport, server: WSManServer
) -> None:
    error = failure(transport, "Get-Quiet", seconds=1)

    assert error.is_outcome_unknown
    assert "ask what became of the call" in error.remedy
    assert server.requests["Signal"] >= 1


def test_7_nothing_stays_on_the_server_after_a_call(
    transport: WinRMTransport, server: WSManServer
) -> None:
    transport.call("Get-Echo", deadline=soon())

    (shell,) = server.every_shell
    assert shell.pipelines == {}


def test_8_a_server_that_loses_the_end_of_a_pipeline_does_not_hold_the_call(
    transport: WinRMTransport, server: WSManServer
) -> None:
    server.failures.loses_end = True

    error = failure(transport)

    assert (error.kind, error.is_outcome_unknown) == (Trouble.CUT, True)


def test_9_a_pool_is_never_used_by_two_threads_at_once(
    transport: WinRMTransport, server: WSManServer
) -> None:
    values: dict[int, object] = {}

    def work(number: int) -> None:
        reply = transport.call("Get-Echo", {"id": str(number)}, deadline=soon())
        values[number] = reply.value

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert values == {number: {"id": str(number)} for number in range(8)}
    assert [shell.most_at_once for shell in server.every_shell] == [1]


# -- what fails


def test_a_server_that_accepts_and_never_answers_does_not_hold_the_call(
    transport: WinRMTransport, server: WSManServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(winrm, "GRACE", 0.2)
    server.failures.hang = threading.Event()

    error = failure(transport, seconds=0.5)

    assert (error.kind, error.is_outcome_unknown) == (Trouble.TIMED_OUT, False)


def test_a_call_that_was_given_up_before_it_was_sent_is_never_sent(
    transport: WinRMTransport, server: WSManServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(winrm, "GRACE", 0.2)
    server.failures.hang = threading.Event()

    failure(transport, seconds=0.5)
    server.failures.hang.set()
    await_threads()

    assert server.requests["Create"] == 1
    assert server.requests["Command"] == 0
    assert server.shells == {}


def test_a_session_that_lost_a_call_is_over(transport: WinRMTransport, server: WSManServer) -> None:
    server.failures.cut = {"Command"}
    errors = []
    for _ in range(2):
        with pytest.raises(TransportError) as caught:
            transport.call("Get-Echo", deadline=soon())
        errors.append(caught.value)

    assert [error.is_outcome_unknown for error in errors] == [True, False]
    assert server.requests["Command"] == 1


def test_a_session_whose_call_was_interrupted_is_over(transport: WinRMTransport) -> None:
    with pytest.raises(KeyboardInterrupt):
        transport.call("Get-Echo", deadline=interrupted(after=1))

    assert failure(transport).what == "the session has ended before"


def test_a_wrong_password_is_refused_and_never_shown(endpoint: Endpoint) -> None:
    wrong = replace(endpoint, password=Secret("Winter-2026-Contoso!"))

    error = failure(WinRMTransport(wrong))

    assert (error.kind, error.is_outcome_unknown) == (Trouble.REFUSED, False)
    assert "Winter" not in repr(wrong) + error.what + error.remedy


@pytest.mark.parametrize(
    ("name", "kind", "what"),
    [
        ("Reconciler.Nowhere", Trouble.ENDPOINT_MISSING, "no such endpoint"),
        ("Reconciler.Apply", Trouble.REFUSED, "denies access"),
    ],
)
def test_an_endpoint_that_is_not_there_or_not_for_this_account(
    endpoint: Endpoint, name: str, kind: Trouble, what: str
) -> None:
    error = failure(WinRMTransport(replace(endpoint, name=name)))

    assert (error.kind, error.is_outcome_unknown) == (kind, False)
    assert what in error.what


@pytest.mark.parametrize(
    ("function", "kind", "is_unknown"),
    [
        ("Get-Missing", Trouble.ENDPOINT_MISSING, False),
        ("Get-Failed", Trouble.BAD_REPLY, True),
        ("Get-Number", Trouble.BAD_REPLY, True),
        ("Get-Nothing", Trouble.BAD_REPLY, True),
        ("Get-Nonsense", Trouble.BAD_REPLY, True),
    ],
)
def test_what_is_no_reply_is_an_error(
    transport: WinRMTransport, function: str, kind: Trouble, *, is_unknown: bool
) -> None:
    error = failure(transport, function)

    assert (error.kind, error.is_outcome_unknown) == (kind, is_unknown)


def test_a_parameter_that_the_bridge_lacks_means_that_nothing_ran(
    transport: WinRMTransport, world: World
) -> None:
    with pytest.raises(TransportError) as caught:
        transport.call("Get-Echo", {"depth": "7"}, deadline=soon())

    assert caught.value.is_outcome_unknown is False
    assert world.seen == []


def test_a_certificate_of_an_unknown_issuer_is_not_trusted(endpoint: Endpoint) -> None:
    error = failure(WinRMTransport(replace(endpoint, ca_file=None)))

    assert (error.kind, error.is_outcome_unknown) == (Trouble.UNREACHABLE, False)
    assert "is not trusted" in error.what
    assert "ca_file" in error.remedy


def test_a_ca_file_that_is_not_there_is_named_by_its_own_name(
    endpoint: Endpoint, tmp_path: Path
) -> None:
    error = failure(WinRMTransport(replace(endpoint, ca_file=tmp_path / "ca.pem")))

    assert 'no file "ca.pem"' in error.what


def test_a_host_that_does_not_listen_is_unreachable(
    endpoint: Endpoint, certificates: tuple[Path, Path]
) -> None:
    with WSManServer([], certificate=certificates[1]) as gone:
        port = gone.port

    error = failure(WinRMTransport(replace(endpoint, port=port)))

    assert (error.kind, error.is_outcome_unknown) == (Trouble.UNREACHABLE, False)


@pytest.mark.parametrize(
    ("status", "kind"),
    [(403, Trouble.REFUSED), (404, Trouble.ENDPOINT_MISSING), (502, Trouble.BAD_REPLY)],
)
def test_what_is_no_winrm_service_is_told_by_its_status(
    transport: WinRMTransport, server: WSManServer, status: int, kind: Trouble
) -> None:
    server.failures.status = status

    error = failure(transport)

    assert (error.kind, error.is_outcome_unknown) == (kind, False)


@pytest.mark.parametrize("authentication", [Authentication.NTLM, Authentication.NEGOTIATE])
def test_a_windows_account_signs_in_over_tls(
    world: World,
    certificates: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    authentication: Authentication,
) -> None:
    accounts = tmp_path / "accounts"
    accounts.write_text(f"CONTOSO:reader:{PASSWORD}\n")
    monkeypatch.setenv("NTLM_USER_FILE", str(accounts))
    configuration = Configuration(name="Reconciler.Read", functions=world.functions())
    with WSManServer([configuration], certificate=certificates[1]) as server:
        account = Endpoint(
            host="127.0.0.1",
            port=server.port,
            name="Reconciler.Read",
            authentication=authentication,
            user="CONTOSO\\reader",
            password=Secret(PASSWORD),
            ca_file=certificates[0],
        )
        session = WinRMTransport(account)
        reply = session.call("Get-Echo", {"id": "1"}, deadline=soon())
        session.close()
        refused = failure(WinRMTransport(replace(account, password=Secret("wrong"))))

    assert reply.value == {"id": "1"}
    assert refused.kind is Trouble.REFUSED
