"""A small export in memory, made of parts with defaults, and its reading."""

from __future__ import annotations

from html import escape
from pathlib import Path
from xml.etree import ElementTree as ET

from reconciler.live.recorded.export import assemble_export
from reconciler.live.recorded.files import SourceFile
from reconciler.live.recorded.result import Recorded
from reconciler.model.findings import Finding
from reconciler.model.snapshots import Part, RuleTree, Server, ServerTree, State

AD = "7a3f5c1e-0d42-4b6a-9c58-2f1e6d7b8a90"
ENTRA = "b891884f-051e-4a83-95af-2544101c9083"
PARTITION = "11d2b3a4-5c6d-4e7f-8091-a2b3c4d5e6f7"
RULE = "c0ffee00-1111-4222-8333-444455556666"
OTHER_RULE = "c0ffee00-1111-4222-8333-444455557777"
NONE = "{00000000-0000-0000-0000-000000000000}"

Files = dict[str, bytes]

MV = "GlobalSettings/MV.xml"
CONNECTOR = f"Connectors/Connector_{{{AD}}}.xml"
ENTRA_CONNECTOR = f"Connectors/Connector_{{{ENTRA}}}.xml"


def rule_file(identifier: str = RULE) -> str:
    return f"SynchronizationRules/SynchronizationRule_{{{identifier}}}.xml"


def schema_xml(*attributes: str) -> str:
    found = attributes or (attribute_xml("mail"),)
    return (
        '<schema><dsml:dsml xmlns:ms-dsml="http://www.microsoft.com/MMS/DSML" '
        'xmlns:dsml="http://www.dsml.org/DSML"><dsml:directory-schema>'
        '<dsml:class id="C0" type="structural"><dsml:name>user</dsml:name>'
        '<dsml:attribute ref="#A0" required="false" /></dsml:class>'
        + "".join(found)
        + "</dsml:directory-schema></dsml:dsml></schema>"
    )


def attribute_xml(
    name: str, *, syntax: str = "1.3.6.1.4.1.1466.115.121.1.15", flags: str = ""
) -> str:
    return (
        f'<dsml:attribute-type id="A{name}" {flags}><dsml:name>{name}</dsml:name>'
        f"<dsml:syntax>{syntax}</dsml:syntax></dsml:attribute-type>"
    )


def parameter_xml(name: str, value: str = "", *, use: str = "connectivity", more: str = "") -> str:
    return (
        f'<parameter name="{name}" type="string" use="{use}" dataType="String"{more}>'
        f"{escape(value)}</parameter>"
    )


def mv_xml(
    *,
    server: str = "SYNC01",
    date: str = "2026-05-03 14:28:09.784",
    parameters: str = "",
    more: str = "",
    schema: str | None = None,
) -> str:
    use = "SynchronizationGlobal"
    build = "Microsoft.Synchronize.ServerConfigurationVersion"
    return (
        f"<saved-mv-configuration server='{server}' export-date='{date}'>\n<mv-data>"
        f"<format-version>1</format-version><version>695</version>{schema or schema_xml()}{more}"
        f"<parameter-values>{parameter_xml(build, '2.5.190.0', use=use)}{parameters}"
        "</parameter-values></mv-data>\n</saved-mv-configuration>"
    )


def partition_xml(
    dn: str = "DC=corp,DC=contoso,DC=com",
    *,
    identifier: str = PARTITION,
    inclusions: tuple[str, ...] = ("OU=Employees,DC=corp,DC=contoso,DC=com",),
    parameters: str = "",
    more: str = "",
) -> str:
    contained = "".join(f"<inclusion>{escape(item)}</inclusion>" for item in inclusions)
    return (
        f"<partition><id>{{{identifier}}}</id><name>{dn}</name>"
        "<creation-time>2026-01-01 00:00:00.000</creation-time><version>9</version>"
        "<selected>1</selected><display-name>corp.contoso.com</display-name><filter>"
        "<object-classes><object-class>user</object-class><object-class>group</object-class>"
        f"</object-classes><containers><exclusions><exclusion>{dn}</exclusion></exclusions>"
        f"<inclusions>{contained}</inclusions></containers></filter><custom-data>"
        f"<adma-partition-data><dn>{dn}</dn><name>corp.contoso.com</name><is-domain>1</is-domain>"
        "<last-dc>DC7.corp.contoso.com</last-dc><cookie>TVNEUwMAAAB</cookie>"
        "</adma-partition-data></custom-data><parameter-values>"
        f"{parameter_xml('Domain.FQDN', 'corp.contoso.com', use='partition')}{parameters}"
        f"</parameter-values>{more}</partition>"
    )


def profile_xml(name: str = "Full Import", *, partition: str = PARTITION) -> str:
    return (
        "<run-configuration><id>{dcbe479d-62c6-4d30-8300-2471ae6ca387}</id>"
        f"<name>{name}</name><version>6</version><configuration><step>"
        '<step-type type="full-import"><import-subtype>to-cs</import-subtype></step-type>'
        "<threshold><object>0</object></threshold>"
        f"<partition>{{{partition.upper()}}}</partition></step></configuration></run-configuration>"
    )


def connector_xml(
    *,
    identifier: str = AD,
    name: str = "corp.contoso.com",
    private: str = "",
    partitions: str | None = None,
    attributes: tuple[str, ...] = ("mail", "department"),
    more: str = "",
    schema: str | None = None,
) -> str:
    included = "".join(f"<attribute>{attribute}</attribute>" for attribute in attributes)
    return (
        f"<ma-data>\n  <format-version>1</format-version>\n  <id>{{{identifier.upper()}}}</id>\n"
        f"  <name>{escape(name)}</name>\n  <category>AD</category>\n  <subtype />\n"
        "  <creation-time>2026-01-01 00:00:00.000</creation-time><version>3</version>"
        f"{schema or schema_xml()}\n<private-configuration><adma-configuration>"
        "<forest-name>corp.contoso.com</forest-name><password-hash-sync-config>"
        f"<enabled>1</enabled><target>{{{ENTRA.upper()}}}</target></password-hash-sync-config>"
        f"<parameter-values>{parameter_xml('forest-name', 'corp.contoso.com')}"
        f"{private}</parameter-values></adma-configuration></private-configuration>"
        f"<attribute-inclusion>{included}</attribute-inclusion><ma-partition-data>"
        f"{partition_xml() if partitions is None else partitions}</ma-partition-data>"
        f"<ma-run-data>{profile_xml()}</ma-run-data>{more}<encrypted-attributes /></ma-data>"
    )


def flow_xml(
    dest: str = "department",
    *,
    source: str = "<src><attr>department</attr></src>",
    expression: str = "",
    merge: str = "Update",
    more: str = "",
) -> str:
    computed = f"<expression>{escape(expression)}</expression>" if expression else ""
    return (
        f"<mapping{more}><dest>{dest}</dest>{source}{computed}"
        f"<valueMergeType>{merge}</valueMergeType></mapping>"
    )


def scope_xml(
    attribute: str = "mail", operator: str = "EQUAL", value: str | None = "x@contoso.com"
) -> str:
    operand = "" if value is None else f"<csValue>{escape(value)}</csValue>"
    return (
        f"<scope><csAttribute>{attribute}</csAttribute><csOperator>{operator}</csOperator>"
        f"{operand}</scope>"
    )


def rule_xml(
    *,
    identifier: str = RULE,
    name: str = "In from AD - User - Department",
    connector: str = AD,
    flows: str | None = None,
    scope: str = "",
    join: str = "",
    more: str = "",
    **texts: str,
) -> str:
    values = {
        "description": "",
        "immutable-tag": "",
        "direction": "Inbound",
        "disabled": "False",
        "sourceObjectType": "user",
        "targetObjectType": "person",
        "linkType": "Join",
        "precedence": "50",
        "precedence-after": NONE,
        "precedence-before": NONE,
        "softDeleteExpiryInterval": "00:00:00",
        "EnablePasswordSync": "false",
        **texts,
    }
    lines = "".join(f"  <{tag}>{escape(text)}</{tag}>\n" for tag, text in values.items())
    return (
        f"<synchronizationRule>\n  <id>{{{identifier}}}</id>\n"
        f"  <internal-id>{{{identifier}}}</internal-id>\n  <version>1</version>\n"
        f"  <name>{escape(name)}</name>\n  <connector>{{{connector}}}</connector>\n{lines}"
        f"  <attribute-mappings>{flow_xml() if flows is None else flows}</attribute-mappings>\n"
        f"  <relationshipCriteria>{join}</relationshipCriteria>\n"
        f"  <synchronizationCriteria>{scope}</synchronizationCriteria>{more}\n"
        "</synchronizationRule>"
    )


def export(**changed: str | None) -> Files:
    """Return a sound export; `mv`, `connector`, `entra`, `rule` replace a file, None drops it."""
    texts: dict[str, str | None] = {
        "mv": mv_xml(),
        "connector": connector_xml(),
        "entra": connector_xml(identifier=ENTRA, name="contoso.onmicrosoft.com - AAD"),
        "rule": rule_xml(),
        **changed,
    }
    names = {"mv": MV, "connector": CONNECTOR, "entra": ENTRA_CONNECTOR, "rule": rule_file()}
    return {names[key]: text.encode() for key, text in texts.items() if text is not None}


def read(files: Files) -> Recorded:
    return assemble_export(SourceFile(name=name, content=data) for name, data in files.items())


def server_of(recorded: Recorded) -> Server:
    (server,) = recorded.snapshot.servers
    return server


def tree_of(files: Files) -> ServerTree:
    recorded = read(files)
    assert recorded.findings == ()
    return server_of(recorded).tree


def rule_of(**changed: str) -> RuleTree:
    (rule,) = tree_of(export(rule=rule_xml(**changed)))["rules"]
    return rule


def damaged_parts(recorded: Recorded) -> set[Part]:
    return {entry.part for entry in server_of(recorded).coverage if entry.state is State.DAMAGED}


def one_finding(files: Files) -> Finding:
    (finding,) = read(files).findings
    return finding


def elements_of(data: bytes) -> ET.Element:
    """Return the root of our own XML, by another parser than the one under test."""
    return ET.fromstring(data)  # noqa: S314 - nobody else wrote it


def write(files: Files, folder: Path) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder
