"""An exported configuration in a test's own folder, edited as somebody edits the server itself."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

CONNECTORS = {
    "corp": "71be0acb-2a56-4fee-94ce-b4f85d549dc6",
    "entra": "b891884f-051e-4a83-95af-2544101c9083",
    "fabrikam": "bebd179a-02cd-458e-8c44-cfb4b280b2bd",
}
"""The connectors of the example estate by alias."""

NO_GUID = "{00000000-0000-0000-0000-000000000000}"


@dataclass(frozen=True, slots=True)
class Export:
    """The folder of an export."""

    folder: Path

    @property
    def source(self) -> str:
        return f"export:{self.folder}"

    def copy(self, folder: Path) -> Export:
        shutil.copytree(self.folder, folder)
        return Export(folder)

    @property
    def settings(self) -> Path:
        return self.folder / "GlobalSettings" / "MV.xml"

    def connector(self, alias: str) -> Path:
        return self.folder / "Connectors" / f"Connector_{{{CONNECTORS[alias]}}}.xml"

    @property
    def connectors(self) -> list[Path]:
        return sorted((self.folder / "Connectors").iterdir())

    @property
    def rules(self) -> list[Path]:
        return sorted((self.folder / "SynchronizationRules").iterdir())

    @property
    def files(self) -> list[Path]:
        return [self.settings, *self.connectors, *self.rules]

    def rule(self, name: str, connector: str = "") -> Path:
        """Return the file of a rule by its name, and its connector's alias where names repeat."""
        wanted = f"<name>{name}</name>"
        found = [
            path
            for path in self.rules
            if wanted in (text := path.read_text(encoding="utf-8"))
            and CONNECTORS.get(connector, "").lower() in text.lower()
        ]
        assert len(found) == 1, f"{len(found)} rules called {name}"
        return found[0]

    def file(self, part: str) -> Path:
        """Return a file by a short name: `settings`, `connector:corp`, `rule:corp/<name>`."""
        kind, _, rest = part.partition(":")
        if kind == "settings":
            return self.settings
        if kind == "connector":
            return self.connector(rest)
        alias, _, name = rest.partition("/")
        return self.rule(name, alias)

    def replace(self, part: str, old: str, new: str, *, times: int = 1) -> None:
        """Replace a text that stands in a file so many times."""
        path = self.file(part)
        text = path.read_bytes().decode("utf-8")
        assert text.count(old) == times, f"{old!r} stands {text.count(old)} times in {part}"
        path.write_bytes(text.replace(old, new).encode("utf-8"))

    def set_parameter(self, part: str, name: str, value: str) -> None:
        """Give a parameter another value."""
        path = self.file(part)
        text = path.read_bytes().decode("utf-8")
        pattern = rf'(<parameter name="{re.escape(name)}"[^>/]*)(?: />|>[^<]*</parameter>)'
        changed, times = re.subn(pattern, lambda found: f"{found[1]}>{value}</parameter>", text)
        assert times == 1, f"{times} parameters called {name}"
        path.write_bytes(changed.encode("utf-8"))

    def add_rule(
        self, text: str, *, identifier: str = "0a1b2c3d-0000-4000-8000-00000000abcd"
    ) -> Path:
        """Add the file of one more rule."""
        path = self.folder / "SynchronizationRules" / f"SynchronizationRule_{{{identifier}}}.xml"
        path.write_text(text.replace("IDENTIFIER", identifier), encoding="utf-8")
        return path


def rule_xml(
    name: str = "In from AD - User - HR",
    *,
    connector: str = "corp",
    precedence: int = 45,
    tag: str = "",
    description: str = "",
    expression: str = "Trim([department])",
) -> str:
    """Return an inbound rule of one flow, as an export holds it."""
    return f"""<synchronizationRule>
  <id>{{IDENTIFIER}}</id>
  <internal-id>{{IDENTIFIER}}</internal-id>
  <version>1</version>
  <name>{name}</name>
  <description>{description}</description>
  <immutable-tag>{tag}</immutable-tag>
  <direction>Inbound</direction>
  <disabled>False</disabled>
  <connector>{{{CONNECTORS[connector]}}}</connector>
  <sourceObjectType>user</sourceObjectType>
  <targetObjectType>person</targetObjectType>
  <linkType>Join</linkType>
  <precedence>{precedence}</precedence>
  <precedence-after>{NO_GUID}</precedence-after>
  <precedence-before>{NO_GUID}</precedence-before>
  <softDeleteExpiryInterval>00:00:00</softDeleteExpiryInterval>
  <EnablePasswordSync>false</EnablePasswordSync>
  <attribute-mappings>
    <mapping>
      <dest>department</dest>
      <src>
        <attr>department</attr>
      </src>
      <expression>{expression}</expression>
      <valueMergeType>Update</valueMergeType>
    </mapping>
  </attribute-mappings>
  <relationshipCriteria />
  <synchronizationCriteria />
</synchronizationRule>
"""


RULE_YAML = """\
rule: In from AD - User - HR
connector: corp
direction: inbound
source: user
target: person
link: join
precedence: 45
flows:
  department:
    expression: |-
      Trim([department])
"""
"""The same rule as git holds it."""
