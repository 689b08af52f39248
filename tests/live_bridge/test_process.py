"""The process transport against a child process that behaves, and against all that do not."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reconciler.live.bridge.environment import child_environment
from reconciler.live.bridge.process import ProcessTransport
from reconciler.live.bridge.ssh import CommandError, hardened, is_ssh
from reconciler.live.bridge.transport import Deadline, TransportError, Trouble
from tests.live_bridge.fakes import interrupted, soon

FAKE = Path(__file__).with_name("fake_bridge.py")
Start = Callable[..., ProcessTransport]


@pytest.fixture
def start() -> Iterator[Start]:
    """Return what starts the fake in one of its ways; all are ended with the test."""
    started: list[ProcessTransport] = []

    def begin(
        way: str, *arguments: str, environment: dict[str, str] | None = None
    ) -> ProcessTransport:
        command = [sys.executable, "-S", str(FAKE), way, *arguments]
        started.append(ProcessTransport(command, environment=environment or dict(os.environ)))
        return started[-1]

    yield begin
    for transport in started:
        transport.close()


def stand_in_for_ssh(folder: Path, way: str) -> Path:
    program = folder / "ssh"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S "{FAKE}" {way}\n')
    program.chmod(0o755)
    return program


def failure(transport: ProcessTransport, *, seconds: float = 60) -> TransportError:
    with pytest.raises(TransportError) as caught:
        transport.call("Get-ReconcilerInfo", deadline=Deadline.after(seconds))
    return caught.value


def test_a_call_is_answered_with_what_was_asked(start: Start) -> None:
    reply = start("echo").call("Get-ReconcilerState", {"section": "rules"}, deadline=soon())

    assert reply.value == {"function": "Get-ReconcilerState", "arguments": {"section": "rules"}}


def test_many_calls_go_to_one_process_and_the_end_of_input_ends_it(
    start: Start, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    transport = start("echo", str(log))
    for number in range(3):
        transport.call(f"Get-{number}", deadline=soon())
    transport.close()
    transport.close()

    assert log.read_text().split("\n")[:-1] == ["Get-0", "Get-1", "Get-2", "end of input"]


def test_nothing_runs_before_the_first_call(start: Start, tmp_path: Path) -> None:
    transport = start("echo", str(tmp_path / "log"))
    transport.close()

    assert not (tmp_path / "log").exists()


@pytest.mark.parametrize(
    "text", ['"; exit 1; #', "$(id)", "a\nb\r\nc", "Ünïcode – 東京 😀", "=x", "\0", "_x0041_"]
)
def test_no_text_means_anything_on_the_way(start: Start, text: str) -> None:
    reply = start("echo").call("Get-It", {"section": text}, deadline=soon())

    assert reply.value == {"function": "Get-It", "arguments": {"section": text}}


def test_an_argument_of_a_megabyte_arrives(start: Start) -> None:
    text = "ü" * 1_000_000

    reply = start("echo").call("Get-It", {"request": text}, deadline=soon())

    assert reply.value == {"function": "Get-It", "arguments": {"request": text}}


def test_a_reply_of_five_megabytes_arrives(start: Start) -> None:
    assert start("large").call("Get-It", deadline=soon()).value == "x" * 5_000_000


def test_noise_around_a_reply_is_ignored(start: Start) -> None:
    transport = start("noise")

    for _ in range(2):
        assert transport.call("Get-It", deadline=soon()).value == {
            "function": "Get-It",
            "arguments": {},
        }


def test_several_threads_take_turns(start: Start) -> None:
    transport = start("echo")
    values: dict[int, object] = {}

    def work(number: int) -> None:
        values[number] = transport.call(f"Get-{number}", deadline=soon()).value

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert values == {number: {"function": f"Get-{number}", "arguments": {}} for number in range(8)}


def test_a_deadline_that_passes_leaves_the_outcome_unknown_and_ends_the_process(
    start: Start,
) -> None:
    transport = start("silent")

    error = failure(transport, seconds=0.5)

    assert (error.kind, error.is_outcome_unknown) == (Trouble.TIMED_OUT, True)
    again = failure(transport)
    assert (again.kind, again.is_outcome_unknown) == (Trouble.PROCESS_FAILED, False)


def test_a_call_that_was_interrupted_leaves_no_reply_for_the_next(start: Start) -> None:
    transport = start("echo")

    with pytest.raises(KeyboardInterrupt):
        transport.call("Get-It", deadline=interrupted(after=0))

    assert failure(transport).kind is Trouble.PROCESS_FAILED


def test_a_process_that_ends_without_a_reply_says_why(start: Start) -> None:
    error = failure(start("dying"))

    assert (error.kind, error.is_outcome_unknown) == (Trouble.PROCESS_FAILED, True)
    assert 'ended with code 3 and no reply: "the bridge fell over"' in error.what


def test_a_connection_that_once_answered_did_not_fail_to_sign_in(tmp_path: Path) -> None:
    transport = ProcessTransport(
        [str(stand_in_for_ssh(tmp_path, "second-is-denied")), "sync01"],
        environment=dict(os.environ),
    )

    assert transport.call("Get-It", deadline=soon()).value is not None
    error = failure(transport)
    assert (error.kind, error.is_outcome_unknown) == (Trouble.CUT, True)


@pytest.mark.parametrize(
    ("way", "kind", "what"),
    [
        ("half", Trouble.CUT, "ends in the middle"),
        ("base64", Trouble.BAD_REPLY, "not base64"),
        ("unmarked", Trouble.BAD_REPLY, 'text without the leading "="'),
        ("other-major", Trouble.BAD_REPLY, 'contract "2.0"'),
        ("closes", Trouble.PROCESS_FAILED, "closed its output"),
    ],
)
def test_a_reply_that_is_none_leaves_the_outcome_unknown(
    start: Start, monkeypatch: pytest.MonkeyPatch, way: str, kind: Trouble, what: str
) -> None:
    monkeypatch.setattr("reconciler.live.bridge.process.PATIENCE", 0.5)

    error = failure(start(way))

    assert (error.kind, error.is_outcome_unknown) == (kind, True)
    assert what in error.what


def test_a_reply_that_nobody_asked_for_is_no_answer_to_the_next_call(start: Start) -> None:
    transport = start("twice")
    transport.call("Get-It", deadline=soon())
    child = transport._child  # noqa: SLF001 - only so can the test wait for the stray reply
    assert child is not None
    stray = child.replies.get(timeout=60)
    child.replies.put(stray)

    error = failure(transport)

    assert (error.kind, error.is_outcome_unknown) == (Trouble.BAD_REPLY, False)


@pytest.mark.parametrize(
    ("command", "what"),
    [
        (["reconciler-no-such-program"], "there is no program"),
        ([str(FAKE.parent)], "cannot be run"),
        (["a\0b"], "cannot be run"),
    ],
)
def test_a_program_that_cannot_run_has_done_nothing(command: list[str], what: str) -> None:
    error = failure(ProcessTransport(command, environment=dict(os.environ)))

    assert (error.kind, error.is_outcome_unknown) == (Trouble.PROCESS_FAILED, False)
    assert what in error.what


@pytest.mark.parametrize(
    "command", [[], [""], ["-x"], ["ssh"], ["ssh", "-T"], ["ssh", "--", "-oX"]]
)
def test_a_command_that_must_not_run_is_refused(command: list[str]) -> None:
    with pytest.raises(CommandError):
        ProcessTransport(command, environment={})


# -- the environment


def test_a_child_sees_neither_sources_of_secrets_nor_tokens_of_ci(start: Start) -> None:
    environment = child_environment(
        {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "SSH_AUTH_SOCK": "agent",
            "AD_READER": "planted",
            "GITHUB_TOKEN": "planted",
            "ACTIONS_ID_TOKEN_REQUEST_URL": "planted",
            "SYSTEM_ACCESSTOKEN": "planted",
            "CI_JOB_TOKEN": "planted",
            "ci_job_jwt_v2": "planted",
            "AZURE_CLIENT_SECRET": "planted",
            "NPM_TOKEN": "planted",
            "DB_PASSWORD": "planted",
        },
        ["ad_reader"],
    )

    reply = start("environment", environment=environment).call("Get-It", deadline=soon())

    assert isinstance(reply.value, list)
    assert {"PATH", "SSH_AUTH_SOCK"} <= set(map(str, reply.value))
    assert set(map(str, reply.value)) <= {"PATH", "LANG", "SSH_AUTH_SOCK", "LC_CTYPE"}


# -- ssh


@pytest.mark.parametrize(
    ("command", "known"),
    [
        (["ssh", "x"], True),
        (["/usr/bin/ssh", "x"], True),
        ([r"C:\Windows\System32\OpenSSH\SSH.EXE", "x"], True),
        (["sshpass", "ssh"], False),
        ([], False),
    ],
)
def test_ssh_is_known_by_its_name(command: list[str], *, known: bool) -> None:
    assert is_ssh(command) is known


def test_ssh_never_asks_and_knows_its_host() -> None:
    assert hardened(["ssh", "-p", "2222", "sync01"]) == (
        "ssh",
        "-o",
        "BatchMode=yes",
        "-o",
        "StrictHostKeyChecking=yes",
        "-p",
        "2222",
        "sync01",
    )


@pytest.mark.parametrize(
    "said", [["-o", "stricthostkeychecking accept-new"], ["-oStrictHostKeyChecking=accept-new"]]
)
def test_what_a_command_line_of_ssh_says_itself_stays(said: list[str]) -> None:
    assert hardened(["ssh", *said, "sync01"]) == ("ssh", "-o", "BatchMode=yes", *said, "sync01")


@pytest.mark.parametrize(
    ("way", "kind", "is_unknown"),
    [
        ("ssh-denied", Trouble.REFUSED, False),
        ("ssh-unknown", Trouble.REFUSED, False),
        ("ssh-nowhere", Trouble.UNREACHABLE, False),
        ("ssh-lost", Trouble.CUT, True),
    ],
)
def test_what_ssh_says_is_understood(
    tmp_path: Path, way: str, kind: Trouble, *, is_unknown: bool
) -> None:
    command = [str(stand_in_for_ssh(tmp_path, way)), "sync01"]

    error = failure(ProcessTransport(command, environment=dict(os.environ)))

    assert (error.kind, error.is_outcome_unknown) == (kind, is_unknown)
