"""A lively plan made by hand, and the small values that the tests of reports are made of."""

from __future__ import annotations

from collections.abc import Sequence

from reconciler.model.addresses import Address
from reconciler.model.changes import (
    Action,
    Attribution,
    Change,
    FieldChange,
    FollowUp,
    Operation,
    Risk,
    Step,
    Support,
)
from reconciler.model.findings import Concern, Finding, Severity
from reconciler.model.lineage import Contribution, Lineage
from reconciler.model.nodes import Plain
from reconciler.model.places import Place
from reconciler.model.plans import (
    Blocked,
    KindCoverage,
    Plan,
    Selection,
    ServerFacts,
    Unmanaged,
)
from reconciler.model.rules import Direction
from reconciler.model.snapshots import State

SERVER = "sync01.corp.contoso.com"
NOW = "2026-02-03T17:20:00+00:00"

WIZARD = "Microsoft Entra Connect → Configure → Customize synchronization options"


def field(path: str, before: Plain, after: Plain, form: str = "text") -> FieldChange:
    return FieldChange(path=path, before=before, after=after, form=form)


def change(
    address: Address,
    *,
    name: str = "",
    action: Action = Action.UPDATE,
    risk: Risk = Risk.BEHAVIOUR,
    support: Support = Support.SUPPORTED,
    attribution: Attribution = Attribution.UNDECIDED,
    fields: Sequence[FieldChange] = (),
    is_manual: bool = False,
    moved_from: Address | None = None,
    after: tuple[Address, ...] = (),
    instructions: tuple[str, ...] = (),
    follow_ups: tuple[FollowUp, ...] = (),
) -> Change:
    operation = Operation(
        id="1", server=SERVER, verb="set-rule", target=str(address), group="1", expect={}, value={}
    )
    return Change(
        address=address,
        name=name or address.name or address.connector or address.kind,
        kind=address.kind,
        server=SERVER,
        action=action,
        risk=risk,
        support=support,
        attribution=attribution,
        fields=tuple(fields),
        moved_from=moved_from,
        after=after,
        instructions=instructions,
        operations=() if is_manual else (operation,),
        follow_ups=follow_ups,
    )


def finding(
    code: str = "RC2104",
    *,
    what: str = "something is wrong",
    severity: Severity = Severity.WARNING,
    concern: Concern = Concern.LIVE,
    place: Place | None = None,
    address: Address | None = None,
    expected: tuple[str, ...] = (),
    remedy: str = "",
) -> Finding:
    return Finding(
        code=code,
        what=what,
        severity=severity,
        concern=concern,
        place=place,
        address=address,
        expected=expected,
        remedy=remedy,
    )


def plan(
    *changes: Change,
    unmanaged: Sequence[Unmanaged] = (),
    findings: Sequence[Finding] = (),
    coverage: Sequence[KindCoverage] = (),
    blocked: Sequence[Blocked] = (),
    environment: str = "prod",
    server: str = SERVER,
) -> Plan:
    facts = ServerFacts(
        name=server,
        role="active",
        build="2.5.190.0",
        read_at="2026-02-03T08:15:00+00:00",
        kind_of_source="snapshot",
    )
    return Plan(
        environment=environment,
        selection=Selection(server=server),
        servers=(facts,),
        desired_fingerprint="0f" * 32,
        commit="3f9c2ab04d1e88c65b7a90f1e2d3c4b5a6978869",
        live_fingerprints={},
        content_hash="9c41d7e0" * 8,
        changes=changes,
        unmanaged=tuple(unmanaged),
        findings=tuple(findings),
        coverage=tuple(coverage),
        blocked=tuple(blocked),
    )


def rule(name: str, connector: str = "corp") -> Address:
    return Address("sync-rule", connector, name)


def full_synchronization(*connectors: str) -> tuple[FollowUp, ...]:
    return tuple(
        FollowUp(connector=connector, step=Step.FULL_SYNCHRONIZATION) for connector in connectors
    )


LONG = (
    "IIF(IsPresent([extensionAttribute7]), Left(Trim([extensionAttribute7]), 448), "
    'IIF(IsPresent([department]), Left(Trim([department]), 448), "none"))'
)

COST_CENTRE = change(
    rule("In from AD - User - HR cost centre"),
    fields=[
        field("scope[0][0].value", "Employee", "Staff"),
        field("precedence", 50, 48),
        field(
            "flows.department.expression",
            "Trim([department])",
            'IIF(IsPresent([department]), Trim([department]), "none")',
            "expression",
        ),
        field(
            "flows.extensionAttribute12.expression",
            LONG,
            LONG.replace("Left(Trim([extensionAttribute7]), 448)", "Trim([extensionAttribute7])"),
            "expression",
        ),
        field(
            "flows.mail",
            {"from": "mail", "merge": "update", "execute_once": False},
            {"constant": "", "merge": "update", "execute_once": False},
            "flow",
        ),
        field("flows.title", None, {"from": "title", "merge": "merge", "execute_once": False}),
        field("scope[1][0]", {"attribute": "c", "operator": "ISNULL", "value": ""}, None),
    ],
    follow_ups=full_synchronization("corp"),
    instructions=('Synchronization Rules Editor: Edit "In from AD - User - HR cost centre"',),
)

PAYROLL = change(
    rule("In from AD - User - Payroll (ÄÖÜ 給与)", "fabrikam"),
    action=Action.CREATE,
    risk=Risk.SCOPE_WIDENING,
    fields=[
        field("description", None, ""),
        field("direction", None, "inbound"),
        field("source", None, "user"),
        field("target", None, "person"),
        field("link", None, "provision"),
        field("precedence", None, 51),
        field(
            "scope[0]",
            None,
            [
                {"attribute": "employeeType", "operator": "EQUAL", "value": "Employee"},
                {"attribute": "adminDescription", "operator": "NOTSTARTSWITH", "value": "User_"},
            ],
        ),
        field("flows.employeeID", None, {"from": "employeeID", "merge": "update"}, "flow"),
        field(
            "flows.extensionAttribute12",
            None,
            {"expression": LONG, "merge": "merge", "execute_once": True},
            "flow",
        ),
    ],
    follow_ups=full_synchronization("corp", "fabrikam"),
    instructions=("Synchronization Rules Editor → inbound: Add new rule",),
)

RENAMED = change(
    rule("In from AD - User - Guests"),
    risk=Risk.COSMETIC,
    moved_from=rule("In from AD - User - Visitors"),
    fields=[
        field(
            "description",
            "Guests keep their mail address of the old forest until the move is over",
            "Guests keep their mail address of the old forest until summer",
        )
    ],
)

LEAVERS = change(
    rule("Out to AAD - User - Leavers", "entra"),
    action=Action.DELETE,
    risk=Risk.DESTRUCTIVE,
    attribution=Attribution.DRIFT,
    fields=[
        field("description", "", None),
        field("disabled", True, False),
        field("direction", "outbound", None),
        field("link", "provision", None),
    ],
    after=(COST_CENTRE.address,),
    follow_ups=full_synchronization("corp", "fabrikam"),
)

UNITS = change(
    Address("organizational-units", "corp", "corp.contoso.com"),
    name="organizational units of corp.contoso.com",
    risk=Risk.SCOPE_SHRINKING,
    support=Support.UNSUPPORTED,
    is_manual=True,
    fields=[
        field("include", "OU=Contractors,OU=Partners,DC=corp,DC=contoso,DC=com", None, "member"),
        field("include", None, "OU=Auditors,DC=corp,DC=contoso,DC=com", "member"),
        field("new", "included", "excluded"),
    ],
    instructions=(
        f"{WIZARD} → Domain and OU filtering → corp.contoso.com:",
        "clear OU=Contractors,OU=Partners,DC=corp,DC=contoso,DC=com",
        "select OU=Auditors,DC=corp,DC=contoso,DC=com",
        "for organizational units created later choose: excluded",
    ),
    follow_ups=(
        FollowUp(connector="corp", step=Step.FULL_IMPORT, by="wizard"),
        FollowUp(connector="corp", step=Step.DELTA_SYNCHRONIZATION, by="wizard"),
    ),
)

ATTRIBUTES = change(
    Address("attribute-selection", "corp"),
    name="attribute selection of corp",
    support=Support.UNSUPPORTED,
    fields=[
        *(field("value", f"extensionAttribute{n}", None, "member") for n in range(1, 3)),
        *(field("value", None, f"msDS-cloudExtensionAttribute{n}", "member") for n in range(1, 21)),
    ],
    follow_ups=(
        FollowUp(connector="corp", step=Step.FULL_IMPORT),
        FollowUp(connector="corp", step=Step.FULL_SYNCHRONIZATION),
    ),
)

HASHES = change(
    Address("password-hash-sync", "fabrikam"),
    name="password hash synchronization of fabrikam",
    risk=Risk.SECURITY,
    fields=[field("value", "disabled", "enabled")],
)

EDITED_DEFAULT = finding(
    "RC3102",
    what='default rule "In from AD - User Common" differs from its baseline',
    place=Place("desired-state/prod/rules/default/corp/in-from-ad-user-common.yaml", 61, 18),
    expected=(
        "somebody edited it: tag and build are those of the baseline",
        "flows.cn.expression",
        "  in git     Trim([cn])",
        "  on server  Left(Trim([cn]), 64)",
    ),
    remedy="undo the edit (clone the rule, then disable the original)",
)

STALE_NOTE = finding(
    "RC3301",
    what='moved_from names "In from AD - User - Visitors", which is gone',
    severity=Severity.NOTE,
    concern=Concern.ADVICE,
    place=Place("desired-state/prod/rules/guests.yaml", 4, 13),
    remedy="remove the line",
)

COVERAGE = (
    KindCoverage(kind="sync-rule", server=SERVER, state=State.READ),
    KindCoverage(kind="default-rule", server=SERVER, state=State.READ),
    KindCoverage(
        kind="scheduler",
        server=SERVER,
        state=State.READ,
        note="an export does not say whether the interval is the customized or the effective one",
    ),
    KindCoverage(kind="preferred-domain-controllers", server=SERVER, state=State.ABSENT),
    KindCoverage(kind="audit-logging", server=SERVER, state=State.ABSENT),
)

LIVELY = plan(
    COST_CENTRE,
    PAYROLL,
    RENAMED,
    LEAVERS,
    UNITS,
    ATTRIBUTES,
    HASHES,
    findings=(EDITED_DEFAULT, STALE_NOTE),
    unmanaged=tuple(
        Unmanaged(address=rule(f"Copy of rule {n}"), name=f"Copy of rule {n}", server=SERVER)
        for n in range(1, 25)
    ),
    coverage=COVERAGE,
)

DAMAGED = plan(
    blocked=(
        Blocked(
            address=rule("Twin"), reason="the server has 2 rules of this name on connector corp"
        ),
    ),
    coverage=(
        *COVERAGE[:1],
        KindCoverage(
            kind="connector",
            server=SERVER,
            state=State.DAMAGED,
            note="Connectors/{b891884f}.xml ends early at line 1207",
            declared=True,
        ),
        KindCoverage(kind="audit-logging", server=SERVER, state=State.ABSENT, declared=True),
    ),
)

DEPARTMENT = (
    Lineage(
        attribute="department",
        object_type="person",
        direction=Direction.INBOUND,
        contributions=(
            Contribution(
                precedence=50,
                rule="In from AD - User - HR cost centre",
                address=rule("In from AD - User - HR cost centre"),
                connector="corp",
                flow='IIF(IsPresent([department]), Trim([department]), "none")',
                merge="update",
                scope=(
                    "employeeType EQUAL Employee and adminDescription NOTSTARTSWITH User_",
                    "extensionAttribute7 ISNOTNULL",
                ),
            ),
            Contribution(
                precedence=104,
                rule="In from AD - User Common",
                address=Address("default-rule", "corp", "Microsoft.InfromADUserCommon"),
                connector="corp",
                flow="department",
                merge="update",
                is_disabled=True,
            ),
            Contribution(
                precedence=None,
                rule="In from AD - User - Payroll",
                address=rule("In from AD - User - Payroll", "fabrikam"),
                connector="fabrikam",
                flow='"Finance"',
                merge="merge",
            ),
        ),
    ),
    Lineage(
        attribute="department",
        object_type="user",
        direction=Direction.OUTBOUND,
        contributions=(
            Contribution(
                precedence=130,
                rule="Out to AAD - User Join",
                address=Address("default-rule", "entra", "Microsoft.OuttoAADUserJoin"),
                connector="entra",
                flow="department",
                merge="update",
                scope=("sourceObjectType EQUAL User and cloudMastered NOTEQUAL True",),
            ),
        ),
    ),
)

PROBLEMS = (
    finding(
        "RC1203",
        what='unknown operator "EQUALS"',
        severity=Severity.ERROR,
        concern=Concern.DESIRED,
        place=Place("desired-state/prod/rules/hr-cost-centre.yaml", 13, 40),
        expected=(
            "a scope condition accepts EQUAL, NOTEQUAL, ISNULL, ISNOTNULL, … (20 operators)",
        ),
        remedy='did you mean "EQUAL"?',
    ),
    finding(
        "RC1412",
        what='unknown function "iif"',
        severity=Severity.ERROR,
        concern=Concern.DESIRED,
        place=Place("desired-state/prod/rules/hr-cost-centre.yaml", 21, 11),
        expected=("function names are case-sensitive",),
        remedy='did you mean "IIF"?',
    ),
)

ALL_FINDINGS = (
    *PROBLEMS,
    finding(
        "RC2107",
        what="the rule flows an attribute that the connector does not read",
        concern=Concern.DESIRED,
        place=Place("desired-state/prod/connectors/corp.yaml", 30),
        expected=("extensionAttribute7 in `attributes` of connector corp",),
        remedy="add it to the list",
    ),
    STALE_NOTE,
    finding(
        "RC2900",
        what="the checks that need a schema were skipped",
        severity=Severity.NOTE,
        concern=Concern.ADVICE,
        remedy="`reconciler snapshot prod` records one",
    ),
)
