"""
The installer, as far as it runs without Windows: the modules alone, and every step of the rest as
-WhatIf tells it. Registering endpoints needs Windows and was not run.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from tests.bridge.applying import SWITCH, Session
from tests.bridge.counterpart import (
    HERE,
    MODULES,
    StubServer,
    export_of,
    require_pwsh,
    run_script,
)

pytestmark = pytest.mark.slow

INSTALLER = MODULES / "Install-ReconcilerBridge.ps1"
GROUPS = r"-ReadGroup 'CONTOSO\Readers' -ApplyGroup 'CONTOSO\Appliers'"


def install(stub: StubServer, *runs: str) -> str:
    """Run the installer once for each text of arguments, and return all that it says."""
    where = f"-Modules '{stub.folder / 'modules'}' -Folder '{stub.records}'"
    lines = [f"try {{ & '{INSTALLER}' {where} {run} }} catch {{ \"ERROR $_\" }}" for run in runs]
    return run_script("\n".join(lines), stub.environment())


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def test_installing_upgrading_and_removing_the_modules(tmp_path: Path) -> None:
    require_pwsh()
    stub = StubServer(export_of("example"), tmp_path)
    modules = tmp_path / "modules"

    install(stub, "-NoEndpoints -AllowUnsupported")
    assert names_in(modules) == {"ReconcilerRead", "ReconcilerApply", "ReconcilerUnsupported"}
    assert names_in(stub.records) == {"backups", "endpoints", "outcomes", "transcripts"}

    (modules / "ReconcilerRead" / "of-an-older-version.ps1").write_text("", "ascii")
    (stub.records / "lease.json").write_text("{}", "ascii")
    said = install(stub, "-NoEndpoints", "-NoEndpoints -Force")
    assert "a run has the lease of this server" in said
    (stub.records / "lease.json").unlink()
    # without the switch the third capability goes, and nothing old is left
    assert names_in(modules) == {"ReconcilerRead", "ReconcilerApply"}
    for name in ("ReconcilerRead", "ReconcilerApply"):
        assert names_in(modules / name) == names_in(MODULES / name)

    with closing(stub.transport("stdio-apply", modules=modules)) as transport:
        session = Session(stub, transport)
        session.open()
        assert session.change(SWITCH).error is None
        session.ask("Close-ReconcilerLease", run="run-1", outcome="restored")

    install(stub, "-NoEndpoints -Uninstall")
    assert names_in(modules) == set()
    assert (stub.records / "events.log").exists()


def test_what_if_tells_every_step_and_does_none(tmp_path: Path) -> None:
    require_pwsh()
    stub = StubServer(export_of("example"), tmp_path)

    said = install(stub, f"{GROUPS} -AllowUnsupported -WhatIf", "-Uninstall -WhatIf")

    steps = [line.partition('operation "')[2].partition('"')[0] for line in said.splitlines()]
    assert [step for step in steps if step] == [
        "copy the module ReconcilerRead",
        "copy the module ReconcilerApply",
        "copy the module ReconcilerUnsupported",
        "make the folder of the bridge",
        "write the role capability",
        r"register the endpoint for CONTOSO\Readers",
        "write the role capability",
        r"register the endpoint for CONTOSO\Appliers",
        "restart the service, which ends open sessions",
        "unregister the endpoint",
        "unregister the endpoint",
        "restart the service, which ends open sessions",
    ]
    assert names_in(tmp_path) == set()


def test_endpoints_are_registered_from_windows_powershell_only(tmp_path: Path) -> None:
    require_pwsh()
    stub = StubServer(export_of("example"), tmp_path)

    said = install(stub, GROUPS, "-WhatIf")

    assert "ERROR run this in Windows PowerShell 5.1" in said
    assert "ERROR name the group that may read" in said
    assert names_in(tmp_path) == set()


def test_the_pester_suite_passes_in_this_powershell(tmp_path: Path) -> None:
    require_pwsh()
    stub = StubServer(export_of("example"), tmp_path)
    script = (
        f"$found = Invoke-Pester '{HERE / 'pester'}' -PassThru -Output None; "
        "'{0} {1} {2}' -f $found.PassedCount, $found.FailedCount, $found.SkippedCount"
    )

    passed, failed, skipped = map(int, run_script(script, stub.environment()).split())

    assert (failed, skipped) == (0, 0)
    assert passed >= 20
