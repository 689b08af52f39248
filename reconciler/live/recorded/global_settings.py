"""The metaverse file of an export: server, date and global parameters (adsync-server.md 3.2)."""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.live.recorded.codes import Code
from reconciler.live.recorded.elements import Element
from reconciler.live.recorded.fields import Fields
from reconciler.live.recorded.inspection import Inspection
from reconciler.live.recorded.parameters import take_parameters
from reconciler.live.recorded.withholding import shown
from reconciler.live.recorded.words import is_server_name, time_in
from reconciler.model.snapshots import Part

_BUILD = "Microsoft.Synchronize.ServerConfigurationVersion"
_USE = "SynchronizationGlobal"


@dataclass(frozen=True, slots=True, kw_only=True)
class GlobalSettings:
    """What MV.xml says about the server; `name` is empty where it could not be read."""

    name: str
    read_at: str | None
    parameters: dict[str, str] | None

    @property
    def build(self) -> str | None:
        """Return the build that the configuration states."""
        return (self.parameters or {}).get(_BUILD) or None


def decode_global_settings(root: Element, inspection: Inspection) -> GlobalSettings:
    """Return the settings as far as they can be read; damage is in the inspection."""
    data = Fields(inspection, root).child("mv-data")
    return GlobalSettings(
        name=_server_name(root, inspection),
        read_at=_export_date(root, inspection),
        parameters=_parameters(Fields(inspection, data)) if data else None,
    )


def _parameters(fields: Fields) -> dict[str, str] | None:
    fields.child("schema", parts=(Part.SCHEMAS,))
    holder = fields.child("parameter-values")
    if holder is None:
        return None
    found = take_parameters(holder, fields.inspection, use=_USE).get(_USE, {})
    if not found:
        fields.inspection.damage(
            Code.EMPTY_LIST,
            "no global parameter",
            place=holder.place(fields.inspection.file),
            expected="the parameters of the server: none runs without",
        )
    return found or None


def _server_name(root: Element, inspection: Inspection) -> str:
    text = (root.take_attribute("server") or "").strip()
    if is_server_name(text):
        return text
    inspection.damage(
        Code.SERVER_NAME,
        f"the server is called {shown(text)}" if text else "the server has no name",
        place=root.place(inspection.file),
        expected='a host name in <saved-mv-configuration server="…">',
    )
    return ""


def _export_date(root: Element, inspection: Inspection) -> str | None:
    text = root.take_attribute("export-date") or ""
    time = time_in(text)
    if time is None:
        inspection.warn(
            Code.EXPORT_DATE,
            f"the date of the export is {shown(text)}" if text else "the export has no date",
            place=root.place(inspection.file),
            expected="a date such as 2026-05-03 14:28:09.784; how old the export is stays unknown",
        )
    return time
