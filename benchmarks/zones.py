"""
A DNS zone of many records for octoDNS, a tool of the same shape: YAML in git, a plan, a dry run.

It is measured beside ours for information; its YAML provider is source and target.
"""

from __future__ import annotations

from pathlib import Path

_ZONE = "contoso.com."
_CONFIGURATION = f"""\
manager: {{max_workers: 1}}
providers:
  desired: {{class: octodns.provider.yaml.YamlProvider, directory: ./desired}}
  live: {{class: octodns.provider.yaml.YamlProvider, directory: ./live}}
zones:
  {_ZONE}: {{sources: [desired], targets: [live]}}
"""


def write_zone(folder: Path, *, records: int) -> Path:
    """Write a zone of some records with its configuration and return the configuration's file."""
    for side in ("desired", "live"):
        (folder / side).mkdir(parents=True)
    lines = ["---"]
    for number in range(records):
        address = f"10.0.{number // 250}.{number % 250 + 1}"
        lines += [f"host-{number:05}:", "  type: A", f"  value: {address}"]
    (folder / "desired" / f"{_ZONE}yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    configuration = folder / "octodns.yaml"
    configuration.write_text(_CONFIGURATION, encoding="utf-8")
    return configuration
