"""For each check a configuration that it must complain about, and one that it must accept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reconciler.checks.subject import Subject
from reconciler.model.estates import Document
from reconciler.model.nodes import Plain
from tests.checks.estates import (
    SCHEMAS,
    connector,
    default_rule,
    desired,
    environment,
    outbound,
    read_as,
    rule,
    server,
    tenant,
    units,
)


@dataclass(frozen=True, slots=True)
class Provocation:
    """Two configurations that differ in the one thing that a check is about."""

    bad: Subject
    good: Subject


def _pair(bad: Document, good: Document, *beside: Document, checked: bool = False) -> Provocation:
    schemas = SCHEMAS if checked else None
    return Provocation(
        desired(bad, *beside, schemas=schemas), desired(good, *beside, schemas=schemas)
    )


def _expression(text: str) -> Document:
    return rule(flows={"department": {"expression": text}})


def _flow(target: str = "department", **flow: Plain) -> Document:
    return rule(flows={target: dict(flow)})


def _scope(*conditions: tuple[str, str, str]) -> Plain:
    return [[{"attribute": a, "operator": o, "value": v} for a, o, v in conditions]]


_MAIL: Plain = [[{"cs": "mail", "mv": "mail"}]]
_TWO_STRICT: Plain = [
    [
        {"cs": "mail", "mv": "mail", "case_sensitive": True},
        {"cs": "employeeID", "mv": "employeeID", "case_sensitive": True},
    ]
]
_ONE_STRICT: Plain = [
    [
        {"cs": "mail", "mv": "mail", "case_sensitive": True},
        {"cs": "employeeID", "mv": "employeeID"},
    ]
]
_ANCHOR: Plain = [[{"cs": "objectGUID", "mv": "sourceAnchorBinary"}]]
_STAFF = _scope(("employeeType", "EQUAL", "Staff"))
_OTHERS = _scope(("employeeType", "NOTEQUAL", "Staff"))


def _filter(name: str, value: str, precedence: int, scope: Plain = _STAFF) -> Document:
    flows: Plain = {"cloudFiltered": {"constant": value}}
    return rule(name, precedence=precedence, scope=scope, flows=flows)


def _clone(**fields: Plain) -> Document:
    head: dict[str, Plain] = {"link": "provision", "join": _ANCHOR, "flows": {"cn": {"from": "cn"}}}
    return rule("In from AD - User Join (HR)", **{**head, **fields})


PROVOCATIONS: Mapping[str, Provocation] = {
    "RC1411": _pair(_expression("Trim(“abc”)"), _expression('Trim("abc")')),
    "RC1412": _pair(_expression("trim([department])"), _expression("Trim([department])")),
    "RC1413": _pair(_expression("Left([department])"), _expression("Left([department], 3)")),
    "RC1414": _pair(
        _expression("Select($item, [proxyAddresses], Trim($itm))"),
        _expression("Select($item, [proxyAddresses], Trim($item))"),
    ),
    "RC1415": _pair(
        _expression("Where([proxyAddresses], [proxyAddresses], True)"),
        _expression("Where($item, [proxyAddresses], True)"),
    ),
    "RC1416": _pair(_expression("%ForestLDAP%"), _expression("%Forest.LDAP%")),
    "RC1417": _pair(
        _expression('IsPresent([mail]) || [employeeType] = "Staff"'),
        _expression('IsPresent([mail]) || ([employeeType] = "Staff")'),
    ),
    "RC1418": _pair(_expression("CBin(1, 4)"), _expression("Guid()")),
    "RC2001": _pair(rule(precedence=105), rule(precedence=99)),
    "RC2002": _pair(rule(precedence=50), rule(precedence=51), rule("Payroll", precedence=50)),
    "RC2003": _pair(rule(file="rules/second.yaml"), rule("Payroll", precedence=51), rule()),
    "RC2004": _pair(
        rule("HR cost centre", moved_from="Payroll"),
        rule("HR cost centre", moved_from="Salaries"),
        rule("Payroll", precedence=51),
    ),
    "RC2005": _pair(
        rule(precedence={"before": "Payrol"}),
        rule(precedence={"before": "Payroll"}),
        rule("Payroll", precedence=51),
    ),
    "RC2006": _pair(
        rule("HR", precedence={"before": "Payroll"}),
        rule("HR", precedence=3),
        rule("Payroll", precedence={"before": "HR"}),
    ),
    "RC2007": _pair(
        rule("HR", precedence={"before": "Payroll"}),
        rule("HR", precedence={"after": "Payroll"}),
        rule("Payroll", precedence=1),
    ),
    "RC2008": _pair(
        rule(precedence={"insert_before": "corp/Microsoft.InfromADUserJion"}),
        rule(precedence={"insert_before": "corp/Microsoft.InfromADUserJoin"}),
        default_rule(),
    ),
    "RC2009": _pair(rule(connector="corpp"), rule()),
    "RC2010": _pair(default_rule(edited={"link": "join"}), default_rule(edited={"disabled": True})),
    "RC2011": Provocation(
        read_as(default_rule(), tag="Microsoft.InfromADUserJoin.009"), read_as(default_rule())
    ),
    "RC2101": _pair(rule(link="provision"), rule(link="provision", join=_MAIL)),
    "RC2102": _pair(rule(soft_delete_expiry="1.00:00:00"), rule(soft_delete_expiry="00:00:00")),
    "RC2103": _pair(rule(target="*"), rule(target="*", join=_MAIL, flows={})),
    "RC2104": _pair(rule(join=_TWO_STRICT), rule(join=_ONE_STRICT)),
    "RC2105": _pair(
        rule(scope=[[{"attribute": "department", "operator": "EQUAL"}]]),
        rule(scope=[[{"attribute": "department", "operator": "ISNULL"}]]),
    ),
    "RC2106": _pair(
        outbound(scope=_scope(("", "ISMEMBEROF", "CN=Pilot,DC=contoso,DC=com"))),
        rule(scope=_scope(("", "ISMEMBEROF", "CN=Pilot,DC=contoso,DC=com"))),
    ),
    "RC2107": _pair(
        _flow("proxyAddresses", **{"from": "proxyAddresses", "merge": "merge"}),
        _flow("proxyAddresses", **{"from": "proxyAddresses", "merge": "replace"}),
        default_rule(flows={"proxyAddresses": {"from": "proxyAddresses"}}),
    ),
    "RC2108": _pair(_flow(constant="AuthoritativeNull"), _flow(constant="Human Resources")),
    "RC2109": _pair(_clone(), _clone(disabled=True), default_rule()),
    "RC2110": _pair(
        rule("HR", join=_MAIL, scope=_STAFF),
        rule("HR", join=_MAIL, scope=_OTHERS),
        rule("Payroll", join=_MAIL, scope=_STAFF, precedence=51),
    ),
    "RC2111": _pair(default_rule(disabled=True), default_rule()),
    "RC2201": _pair(
        _filter("Let in", "False", 50),
        _filter("Leave out", "True", 50),
        rule("Payroll", precedence=51),
    ),
    "RC2202": _pair(
        _filter("Leave out", "True", 50, _OTHERS),
        _filter("Leave out", "False", 50, _OTHERS),
        _filter("Let in", "False", 51),
        _filter("All others", "True", 60, []),
    ),
    "RC2301": _pair(
        _flow(**{"from": "departement"}), _flow(**{"from": "department"}), checked=True
    ),
    "RC2302": _pair(rule(source="users"), rule(source="user"), checked=True),
    "RC2303": _pair(_flow(**{"from": "manager"}), _flow(**{"from": "mail"}), checked=True),
    "RC2304": _pair(rule(join=[[{"cs": "mail", "mv": "info"}]]), rule(join=_MAIL), checked=True),
    "RC2305": _pair(
        rule(scope=_scope(("manager", "EQUAL", "x"))),
        rule(scope=_scope(("mail", "EQUAL", "x"))),
        checked=True,
    ),
    "RC2306": _pair(
        outbound(flows={"sourceAnchor": {"from": "cn"}}),
        outbound(flows={"department": {"from": "cn"}}),
        checked=True,
    ),
    "RC2307": _pair(
        _flow("accountEnabled", constant="yes"),
        _flow("accountEnabled", constant="true"),
        checked=True,
    ),
    "RC2308": _pair(
        _flow(**{"from": "department", "merge": "merge"}),
        _flow("proxyAddresses", **{"from": "proxyAddresses", "merge": "merge"}),
        checked=True,
    ),
    "RC2309": _pair(
        connector(attributes=["cn", "departement"]),
        connector(attributes=["cn", "department"]),
        checked=True,
    ),
    "RC2401": _pair(
        connector(attributes=["cn"]), connector(attributes=["cn", "department"]), rule()
    ),
    "RC2402": _pair(
        connector(attributes=["cn"]), connector(attributes=["cn", "objectGUID"]), default_rule()
    ),
    "RC2403": _pair(connector(object_types=["group"]), connector(object_types=["User"]), rule()),
    "RC2404": _pair(units(include=["Employees"]), units(include=["OU=Employees"])),
    "RC2405": _pair(
        units(include=["OU=Sales,DC=fabrikam,DC=com"]),
        units(include=["OU=Sales,DC=corp,DC=contoso,DC=com"]),
    ),
    "RC2406": _pair(
        units(include=["OU=Partners"], exclude=["ou=partners"]),
        units(include=["OU=Partners"], exclude=["OU=Old,OU=Partners"]),
    ),
    "RC2407": _pair(
        units(include=["OU=Partners"], exclude=["OU=Leavers"]),
        units(include=["OU=Partners"], exclude=["OU=Leavers,OU=Partners"]),
    ),
    "RC2408": _pair(
        connector(domains={"emea.fabrikam.com": "all"}),
        connector(domains={"emea.corp.contoso.com": "all"}),
    ),
    "RC2409": _pair(
        connector(domains={"corp.contoso.com": "all", "Corp.contoso.com": "all"}),
        connector(domains={"corp.contoso.com": "all", "emea.corp.contoso.com": "all"}),
    ),
    "RC2410": _pair(
        tenant(group_filter=None), tenant(object_types=["user"]), connector(group_filter=None)
    ),
    "RC2501": _pair(
        server(scheduler={"interval": "1h"}), server(scheduler={"interval": "1:00:00"})
    ),
    "RC2502": _pair(
        server(scheduler={"interval": "00:29:59"}), server(scheduler={"interval": "00:30:00"})
    ),
    "RC2503": _pair(
        server(scheduler={"purge_interval": "00:10:00"}),
        server(scheduler={"purge_interval": "7.00:00:00"}),
    ),
    "RC2504": _pair(
        server(scheduler={"cycle_enabled": False}), server(scheduler={"cycle_enabled": True})
    ),
    "RC2505": _pair(
        server(observed_features={"export_deletion_threshold": "disabled"}),
        server(observed_features={"export_deletion_threshold": 500}),
    ),
    "RC2506": _pair(server(minimum_build="latest"), server(minimum_build="2.5.79.0")),
    "RC2601": _pair(
        environment(sync01="active", sync02="active"),
        environment(sync01="active", sync02="staging"),
    ),
    "RC2602": _pair(environment(sync02="staging"), environment(sync01="active")),
    "RC2603": _pair(
        environment(sync01__contoso__com="active", SYNC01__fabrikam__com="staging"),
        environment(sync01__contoso__com="active", sync02__contoso__com="staging"),
    ),
    "RC2604": _pair(environment(sync01="active", environment="test"), environment(sync01="active")),
}
