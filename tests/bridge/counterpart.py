"""
The real PowerShell, and a stub sync server that its processes share.

The stub is loaded from an export folder and lives in a state folder, in the form of an export: what
was written through the bridge can be read as XML again. It proves nothing about the product.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reconciler.live.bridge.process import ProcessTransport
from reconciler.live.recorded.export import read_export
from reconciler.model.snapshots import Server
from tests.counterparts import ROOT, SHARED, require_counterpart, require_shared

MODULES = ROOT / "reconciler" / "live" / "bridge" / "powershell"
HERE = Path(__file__).parent
STUB = HERE / "stub"
EXAMPLE = ROOT / "desired-state" / "prod" / "export" / "sync01"
ENTRIES = {
    "stdio-read": "ReconcilerRead/stdio-read.ps1",
    "stdio-apply": "ReconcilerApply/stdio-apply.ps1",
}
UNPACK = SHARED / "tools" / "pwsh" / "unpack"


@cache
def _pwsh() -> str | None:
    named = os.environ.get("RECONCILER_PWSH") or shutil.which("pwsh")
    if named or not UNPACK.is_file():
        return named
    done = subprocess.run([UNPACK], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


def require_pwsh() -> str:
    """Return the path of PowerShell: RECONCILER_PWSH, PATH, or the reference material's archive."""
    found = _pwsh()
    require_counterpart("pwsh", is_present=found is not None, reason="no PowerShell was found")
    return str(found)


def export_of(name: str) -> Path:
    """Return the folder of an export by the name that the tests use."""
    return require_shared() / "data" / "contoso-export" if name == "contoso" else EXAMPLE


@dataclass(frozen=True, slots=True)
class StubServer:
    """A stub sync server: the export that it starts from, and the folder that it lives in."""

    export: Path
    folder: Path

    @property
    def records(self) -> Path:
        """Return the bridge's own folder on the server."""
        return self.folder / "records"

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment of a process on the server."""
        return {
            **os.environ,
            "ADSYNC_STUB_EXPORT": str(self.export),
            "ADSYNC_STUB_STATE": str(self.folder),
            "COMPUTERNAME": "SYNC01",
            "PSModulePath": str(STUB),
            "RECONCILER_BRIDGE_FOLDER": str(self.records),
            **more,
        }

    def transport(self, entry: str, *, modules: Path = MODULES, **more: str) -> ProcessTransport:
        """Return the process transport to one of the bridge's entries."""
        command = (require_pwsh(), *_ARGUMENTS, "-File", str(modules / ENTRIES[entry]))
        return ProcessTransport(command, environment=self.environment(**more))

    def switch(self, **switches: str) -> None:
        """Let the server misbehave: `busy="1"`, `refuse="Add-ADSyncRule"`; nothing ends it."""
        lines = "".join(f"{name.replace('_', '-')}={value}\n" for name, value in switches.items())
        (self.folder / "switches").write_text(lines, encoding="utf-8")

    def calls(self) -> list[str]:
        """Return the names of the product's cmdlets that were called, in order."""
        log = self.folder / "calls.jsonl"
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        return [json.loads(line)["cmdlet"] for line in lines]

    def exported(self) -> Server:
        """Return the server as its export tells now."""
        (server,) = read_export(self.folder / "export").snapshot.servers
        return server


_ARGUMENTS = ("-NoLogo", "-NoProfile", "-NonInteractive")


def run_script(script: str, environment: Mapping[str, str]) -> str:
    """Return what a text of PowerShell writes; an error fails the test."""
    done = subprocess.run(
        (require_pwsh(), *_ARGUMENTS, "-Command", script),
        capture_output=True,
        text=True,
        check=False,
        env=dict(environment),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
