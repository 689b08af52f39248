"""
The constrained endpoints (JEA), generated from one source and served by a real `pwsh -sshs`: once
through a pipe in place of ssh, once through a real sshd.

What only Windows honours (groups, virtual accounts, transcripts by policy) is named, not tried.
"""

from __future__ import annotations

import getpass
import json
import os
import shutil
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reconciler.live.bridge.opening import Role
from reconciler.live.bridge.transport import Deadline
from reconciler.live.bridge.wire import reply_from
from tests.bridge.counterpart import (
    HERE,
    MODULES,
    StubServer,
    export_of,
    require_pwsh,
    run_script,
)
from tests.bridge.once import once
from tests.counterparts import require_counterpart

pytestmark = pytest.mark.slow

READ = {"Get-ReconcilerInfo", "Get-ReconcilerState", "Get-ReconcilerOutcome"}
APPLY = {
    *READ,
    "Open-ReconcilerLease",
    "Update-ReconcilerLease",
    "Close-ReconcilerLease",
    "Reset-ReconcilerLease",
    "Invoke-ReconcilerChange",
}
FUNCTIONS = {"Read": READ, "Apply": APPLY}
BASICS = {
    "Clear-Host",
    "Exit-PSSession",
    "Get-Command",
    "Get-FormatData",
    "Get-Help",
    "Measure-Object",
    "Out-Default",
    "Select-Object",
}
"""What every restricted session has: without these no client works."""

NOT_ON_LINUX = {
    "ExecutionPolicy",  # scripts are not signed there
    "RoleDefinitions",  # no groups of a directory: the role stands in the file itself
    "RunAsVirtualAccount",
    "RunAsVirtualAccountGroups",
    "TranscriptDirectory",  # a path of Windows
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return the content of the generated files, by endpoint and kind."""

    def generate(folder: Path) -> Any:
        script = f"& '{HERE / 'endpoints.ps1'}' '{MODULES}' '{folder}'"
        return json.loads(run_script(script, _stub(folder).environment()))

    require_pwsh()
    return once(tmp_path_factory, "endpoint-files", generate)


@pytest.fixture(scope="module", params=["a pipe", "sshd"])
def visits(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return what was to be had at both endpoints, and by the process entry."""
    require_pwsh()
    if request.param == "sshd":
        _require_sshd()
        return once(tmp_path_factory, "endpoints-sshd", _visit_through_sshd)
    return once(tmp_path_factory, "endpoints-pipe", _visit_through_a_pipe)


@pytest.fixture(params=list(FUNCTIONS))
def visit(request: pytest.FixtureRequest, visits: Any) -> tuple[str, Any]:
    return request.param, visits[request.param.lower()]


def _stub(folder: Path) -> StubServer:
    return StubServer(export_of("example"), folder / "server")


def _served(folder: Path, endpoint: str) -> str:
    """Return the command line that serves an endpoint whose files are in the folder."""
    return f"{require_pwsh()} -sshs -NoLogo -NoProfile -ConfigurationFile {folder}/{endpoint}.pssc"


def _visit(folder: Path, *, options: str = "", **environment: str) -> Any:
    stub = _stub(folder)
    # the client spells the names of hosts in lower case
    hosts = ", ".join(f"'{endpoint.lower()}'" for endpoint in FUNCTIONS)
    script = f"& '{HERE / 'visit.ps1'}' -Hosts {hosts} {options}"
    found = json.loads(run_script(script, stub.environment(**environment)))
    with closing(stub.transport("stdio-read")) as transport:
        section = {"section": "rules"}
        reply = transport.call("Get-ReconcilerState", section, deadline=Deadline.after(60))
    return {**found, "process": (reply.value, reply.generation)}


def _generate(folder: Path) -> None:
    script = f"& '{HERE / 'endpoints.ps1'}' '{MODULES}' '{folder}'"
    run_script(script, _stub(folder).environment())


def _visit_through_a_pipe(folder: Path) -> Any:
    """Let a program called ssh serve the endpoint that the client names as its host."""
    _generate(folder)
    cases = "".join(f"{name.lower()}) exec {_served(folder, name)} ;; " for name in FUNCTIONS)
    (folder / "ssh").write_text(f'#!/bin/sh\nfor a; do case "$a" in {cases}esac; done\n', "utf-8")
    (folder / "ssh").chmod(0o755)
    return _visit(folder, PATH=f"{folder}{os.pathsep}{os.environ['PATH']}")


def _sshd() -> str | None:
    return shutil.which("sshd", path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")


def _require_sshd() -> None:
    is_present = _sshd() is not None and shutil.which("ssh") is not None
    require_counterpart("ssh", is_present=is_present, reason="no OpenSSH server is installed")


def _visit_through_sshd(folder: Path) -> Any:
    """Let the client start a real sshd behind a pipe: no port is needed."""
    _generate(folder)
    for name in ("host", "user"):
        command = ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name)
        subprocess.run(command, check=True)
    host_key = (folder / "host.pub").read_text("utf-8")
    (folder / "known").write_text(
        "".join(f"{name.lower()} {host_key}" for name in FUNCTIONS), "utf-8"
    )
    wanted = _stub(folder).environment()
    names = ("ADSYNC_STUB_EXPORT", "ADSYNC_STUB_STATE", "PSModulePath", "RECONCILER_BRIDGE_FOLDER")
    variables = " ".join(f'{name}="{wanted[name]}"' for name in (*names, "COMPUTERNAME"))
    for endpoint in FUNCTIONS:
        lines = (
            f"HostKey {folder / 'host'}",
            f"AuthorizedKeysFile {folder / 'user.pub'}",
            "StrictModes no",
            "PasswordAuthentication no",
            f"AllowUsers {getpass.getuser()}",
            "PermitRootLogin prohibit-password",
            f"SetEnv {variables}",
            f"Subsystem powershell {_served(folder, endpoint)}",
        )
        (folder / f"{endpoint.lower()}.config").write_text("\n".join(lines) + "\n", "utf-8")
    options = {
        "ProxyCommand": f"{_sshd()} -i -E {folder}/log -f {folder}/%n.config",
        "UserKnownHostsFile": str(folder / "known"),
        "IdentityFile": str(folder / "user"),
        "IdentitiesOnly": "yes",
        "BatchMode": "yes",
    }
    table = "; ".join(f"{name} = '{value}'" for name, value in options.items())
    return _visit(folder, options=f"-Options @{{ {table} }}")


def test_an_endpoint_shows_its_functions_and_the_basics_of_a_session(
    visit: tuple[str, Any],
) -> None:
    endpoint, found = visit

    assert set(found["commands"]) == FUNCTIONS[endpoint] | BASICS


def test_the_read_endpoint_knows_no_function_that_changes_anything(
    visit: tuple[str, Any],
) -> None:
    endpoint, found = visit
    for name in ("lease", "change"):
        if endpoint == "Read":
            assert "is not recognized" in found[name]["error"]
        else:
            error = reply_from(found[name]["text"]).error
            assert error is not None
            assert error.code == "bad-request"


def test_an_endpoint_has_no_language_and_nothing_of_the_product(visit: tuple[str, Any]) -> None:
    _, found = visit

    assert len(found["refused"]) == 12
    for answer in found["refused"]:
        assert answer["text"] is None
        assert "no-language" in answer["error"] or "is not recognized" in answer["error"]


def test_what_an_endpoint_may_do_it_says(visit: tuple[str, Any]) -> None:
    endpoint, found = visit
    value: Any = reply_from(found["info"]["text"]).value

    wanted = ["read"] if endpoint == "Read" else ["read", "apply", "unsupported"]
    assert value["capabilities"] == wanted
    assert reply_from(found["outcome"]["text"]).value == {"state": "not-seen", "result": None}


def test_an_endpoint_answers_what_the_process_answers(visit: tuple[str, Any], visits: Any) -> None:
    answer = reply_from(visit[1]["rules"]["text"])

    assert (answer.value, answer.generation) == visits["process"]


def test_only_what_linux_cannot_honour_is_left_out_there(files: Any) -> None:
    for endpoint, kinds in files.items():
        assert set(kinds["windows"]) - set(kinds["plain"]) == NOT_ON_LINUX, endpoint
        # and what stands in the role on Windows stands in the session's file there
        for key in ("ModulesToImport", "VisibleFunctions"):
            assert kinds["plain"][key] == kinds["role"][key], endpoint
        assert kinds["windows"]["LanguageMode"] == "NoLanguage"
        assert kinds["windows"]["SessionType"] == "RestrictedRemoteServer"
        assert kinds["windows"]["RunAsVirtualAccountGroups"] == "ADSyncAdmins"
        assert set(kinds["role"]["VisibleFunctions"]) == FUNCTIONS[endpoint]
        assert not {"VisibleCmdlets", "VisibleProviders", "ScriptsToProcess"} & set(kinds["role"])


def test_the_endpoints_are_called_as_the_client_calls_them() -> None:
    text = (MODULES / "Endpoints.psd1").read_text("ascii")

    for role in (Role.READ, Role.APPLY):
        assert f"Name = '{role.value}'" in text
