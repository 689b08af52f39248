"""Turns: one edit, as it is made in git and as it is made on the server, and its plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.scenarios.world import Fields, World

Edit = tuple[str, str, str]
FollowUps = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Turn:
    """
    The same edit twice, and the one change that the plan holds after it was made in git alone.

    `back` is what the opposite change is where it is not the mirror image.
    """

    git: tuple[Edit, ...]
    live: tuple[Edit, ...]
    address: str
    fields: Fields
    risk: str
    support: str = "supported"
    follow_ups: FollowUps = ()
    shown: tuple[str, ...]
    back_risk: str = ""
    back_fields: Fields | None = None
    is_manual: bool = False

    def in_git(self, world: World) -> None:
        for file, old, new in self.git:
            world.replace(file, old, new)

    def on_server(self, world: World) -> None:
        for part, old, new in self.live:
            if part.startswith("parameter:"):
                world.live.set_parameter(part.removeprefix("parameter:"), old, new)
            else:
                world.live.replace(part, old, new)

    @property
    def mirrored(self) -> Fields:
        if self.back_fields is not None:
            return self.back_fields
        return [(path, after, before) for path, before, after in self.fields]


CORP = "connectors/corp.yaml"
FABRIKAM = "connectors/fabrikam.yaml"
COST_CENTRE = "rules/in-from-ad-user-kostentrager.yaml"
PAYROLL = "rules/in-from-ad-inetorgperson-join-payroll-retired-staff.yaml"
LEGACY = "rules/legacy-defaults-of-the-old-server.yaml"
GROUPS = "rules/in-from-ad-group-no-temporary-or-build-groups.yaml"
PASSWORDS = "rules/in-from-ad-user-accountenabled-with-password-hash.yaml"
REGION = "rules/out-to-aad-user-licence-region.yaml"

LIVE_COST_CENTRE = "rule:corp/In from AD – User Kostenträger"
LIVE_PAYROLL = "rule:fabrikam/In from AD - InetOrgPerson Join (payroll / retired staff)"
LIVE_LEGACY = "rule:corp/Legacy: defaults of the old server"
LIVE_GROUPS = "rule:corp/In from AD - Group - No temporary or build groups"
LIVE_PASSWORDS = "rule:corp/In from AD - User AccountEnabled - With password hash"
LIVE_REGION = "rule:entra/Out to AAD - User - Licence region"
LIVE_COMPUTERS = "rule:fabrikam/In from AD - Computer Join"

COST_CENTRE_ADDRESS = "sync-rule/corp/In from AD – User Kostenträger"
PAYROLL_ADDRESS = "sync-rule/fabrikam/In from AD - InetOrgPerson Join (payroll %2F retired staff)"

CORP_DN = "DC=corp,DC=contoso,DC=com"
FILTER = (("corp", "full import", "wizard"), ("corp", "delta synchronization", "wizard"))
SYNC_CORP = (("corp", "full synchronization", "reconciler"),)
SYNC_FABRIKAM = (("fabrikam", "full synchronization", "reconciler"),)

_DAY = "extensionAttribute9 keeps the day on which a person was seen first."


def _flow(**members: Any) -> dict[str, Any]:
    return {"merge": "update", "execute_once": False, **members}


TURNS: Mapping[str, Turn] = {
    # -- filters
    "an included OU is taken out": Turn(
        git=((CORP, "        - OU=Partners\n", ""),),
        live=(
            ("connector:corp", f"            <inclusion>OU=Partners,{CORP_DN}</inclusion>\n", ""),
        ),
        address="organizational-units/corp/corp.contoso.com",
        fields=[("include", f"OU=Partners,{CORP_DN}", None)],
        risk="scope-shrinking",
        back_risk="scope-widening",
        support="unsupported",
        is_manual=True,
        follow_ups=FILTER,
        shown=(f"- OU=Partners,{CORP_DN}",),
    ),
    "an OU is excluded": Turn(
        git=(
            (
                CORP,
                "        - OU=Leavers,OU=Employees\n",
                "        - OU=Leavers,OU=Employees\n        - OU=Robots,OU=Employees\n",
            ),
        ),
        live=(
            (
                "connector:corp",
                "          </exclusions>\n",
                f"<exclusion>OU=Robots,OU=Employees,{CORP_DN}</exclusion></exclusions>",
            ),
        ),
        address="organizational-units/corp/corp.contoso.com",
        fields=[("exclude", None, f"OU=Robots,OU=Employees,{CORP_DN}")],
        risk="scope-shrinking",
        back_risk="scope-widening",
        support="unsupported",
        is_manual=True,
        follow_ups=FILTER,
        shown=(f"+ OU=Robots,OU=Employees,{CORP_DN}",),
    ),
    "new OUs are to be included": Turn(
        git=((CORP, "      new: excluded\n", "      new: included\n"),),
        live=(
            ("connector:corp", f"            <exclusion>{CORP_DN}</exclusion>\n", ""),
            (
                "connector:corp",
                f"            <inclusion>OU=Employees,{CORP_DN}</inclusion>\n",
                f"<inclusion>{CORP_DN}</inclusion><inclusion>OU=Employees,{CORP_DN}</inclusion>",
            ),
        ),
        address="organizational-units/corp/corp.contoso.com",
        fields=[("new", "excluded", "included")],
        risk="scope-widening",
        back_risk="scope-shrinking",
        support="unsupported",
        is_manual=True,
        follow_ups=FILTER,
        shown=("new excluded → included",),
    ),
    "a domain is taken out": Turn(
        git=((CORP, "  emea.corp.contoso.com: all\n", ""),),
        live=(
            (
                "connector:corp",
                (
                    "      <selected>1</selected>\n"
                    "      <display-name>emea.corp.contoso.com</display-name>\n"
                ),
                (
                    "      <selected>0</selected>\n"
                    "      <display-name>emea.corp.contoso.com</display-name>\n"
                ),
            ),
        ),
        address="domain/corp/emea.corp.contoso.com",
        fields=[("selected", True, False)],
        risk="scope-shrinking",
        back_risk="scope-widening",
        support="unsupported",
        is_manual=True,
        follow_ups=FILTER,
        shown=("emea.corp.contoso.com", "selected true → false"),
    ),
    "an attribute is selected": Turn(
        git=((CORP, "  - adminDescription\n", "  - adminCount\n  - adminDescription\n"),),
        live=(
            (
                "connector:corp",
                "    <attribute>adminDescription</attribute>\n",
                "    <attribute>adminDescription</attribute><attribute>adminCount</attribute>\n",
            ),
        ),
        address="attribute-selection/corp",
        fields=[("value", None, "adminCount")],
        risk="behaviour",
        support="unsupported",
        is_manual=True,
        follow_ups=(
            ("corp", "full import", "person"),
            ("corp", "full synchronization", "person"),
        ),
        shown=("+ adminCount",),
    ),
    "an attribute is no longer selected": Turn(
        git=((FABRIKAM, "  - wWWHomePage\n", ""),),
        live=(("connector:fabrikam", "    <attribute>wWWHomePage</attribute>\n", ""),),
        address="attribute-selection/fabrikam",
        fields=[("value", "wWWHomePage", None)],
        risk="behaviour",
        support="unsupported",
        is_manual=True,
        follow_ups=(
            ("fabrikam", "full import", "person"),
            ("fabrikam", "full synchronization", "person"),
        ),
        shown=("- wWWHomePage",),
    ),
    "an object type is no longer read": Turn(
        git=((FABRIKAM, "inetOrgPerson, msDS-Device, user]", "inetOrgPerson, user]"),),
        live=(("connector:fabrikam", "          <object-class>msDS-Device</object-class>\n", ""),),
        address="object-types/fabrikam",
        fields=[("value", "msDS-Device", None)],
        risk="scope-shrinking",
        back_risk="scope-widening",
        support="unsupported",
        is_manual=True,
        follow_ups=(
            ("fabrikam", "full import", "person"),
            ("fabrikam", "full synchronization", "person"),
        ),
        shown=("- msDS-Device",),
    ),
    "a group filter is set": Turn(
        git=((CORP, "group_filter: null\n", f'group_filter: "CN=Pilot,OU=Employees,{CORP_DN}"\n'),),
        live=(
            (
                "parameter:connector:corp",
                "Connector.GroupFilteringGroupDn",
                f"CN=Pilot,OU=Employees,{CORP_DN}",
            ),
        ),
        address="group-filter/corp",
        fields=[("value", None, f"CN=Pilot,OU=Employees,{CORP_DN}")],
        risk="scope-shrinking",
        back_risk="scope-widening",
        support="manual",
        is_manual=True,
        follow_ups=(
            ("corp", "full import", "wizard"),
            ("corp", "full synchronization", "wizard"),
        ),
        shown=(f"CN=Pilot,OU=Employees,{CORP_DN}",),
    ),
    # -- the server
    "password hashes are no longer synchronized": Turn(
        git=((CORP, "password_hash_sync: enabled\n", "password_hash_sync: disabled\n"),),
        live=(("connector:corp", "        <enabled>1</enabled>\n", "<enabled>0</enabled>"),),
        address="password-hash-sync/corp",
        fields=[("value", "enabled", "disabled")],
        risk="security",
        shown=("password hash synchronization", "enabled → disabled"),
    ),
    "the cycle runs less often": Turn(
        git=(("server.yaml", "00:30:00", "01:00:00"),),
        live=(("parameter:settings", "Microsoft.Synchronize.TimeInterval", "01:00:00"),),
        address="scheduler",
        fields=[("interval", "00:30:00", "01:00:00")],
        risk="behaviour",
        shown=("~ scheduler", "interval 00:30:00 → 01:00:00"),
    ),
    "the cycle is stopped": Turn(
        git=(("server.yaml", "cycle_enabled: true", "cycle_enabled: false"),),
        live=(("parameter:settings", "Microsoft.Synchronize.SynchronizationSchedule", "False"),),
        address="scheduler",
        fields=[("cycle_enabled", True, False)],
        risk="behaviour",
        shown=("~ scheduler", "true → false"),
    ),
    "automatic upgrade is switched off": Turn(
        git=(("server.yaml", "automatic_upgrade: enabled", "automatic_upgrade: disabled"),),
        live=(("parameter:settings", "Microsoft.OptionalFeature.AutoUpgradeState", "Disabled"),),
        address="automatic-upgrade",
        fields=[("value", "enabled", "disabled")],
        risk="behaviour",
        shown=("~ automatic upgrade", "enabled → disabled"),
    ),
    "the deletion threshold is raised": Turn(
        git=(("server.yaml", "export_deletion_threshold: 500", "export_deletion_threshold: 900"),),
        live=(
            (
                "parameter:settings",
                "Microsoft.OptionalFeature.ExportDeletionThresholdValue",
                "900",
            ),
        ),
        address="export-deletion-threshold",
        fields=[("value", 500, 900)],
        risk="security",
        back_risk="cosmetic",
        support="manual",
        is_manual=True,
        shown=("Enable-ADSyncExportDeletionThreshold -DeletionThreshold 900",),
    ),
    # -- rules
    "a default rule is switched off": Turn(
        git=(
            (
                "rules/default/fabrikam/in-from-ad-computer-join.yaml",
                "direction: inbound\n",
                "disabled: true\ndirection: inbound\n",
            ),
        ),
        live=((LIVE_COMPUTERS, "<disabled>False</disabled>", "<disabled>True</disabled>"),),
        address="default-rule/fabrikam/Microsoft.InfromADComputerJoin",
        fields=[("disabled", False, True)],
        risk="destructive",
        back_risk="scope-shrinking",  # the rule also filters
        follow_ups=SYNC_FABRIKAM,
        shown=("In from AD - Computer Join", "disabled false → true"),
    ),
    "a condition has another value": Turn(
        git=((COST_CENTRE, "value: School}", "value: Academy}"),),
        live=((LIVE_COST_CENTRE, "<csValue>School</csValue>", "<csValue>Academy</csValue>"),),
        address=COST_CENTRE_ADDRESS,
        fields=[("scope[1][1].value", "School", "Academy")],
        risk="behaviour",
        follow_ups=SYNC_CORP,
        shown=("School", "Academy"),
    ),
    "a condition is added": Turn(
        git=(
            (
                COST_CENTRE,
                "  - - {attribute: extensionAttribute7, operator: ISNOTNULL}\n",
                (
                    "  - - {attribute: extensionAttribute7, operator: ISNOTNULL}\n"
                    "    - {attribute: title, operator: ISNOTNULL}\n"
                ),
            ),
        ),
        live=(
            (
                LIVE_COST_CENTRE,
                "<csAttribute>extensionAttribute7</csAttribute>\n",
                (
                    "<csAttribute>title</csAttribute><csOperator>ISNOTNULL</csOperator><csValue />"
                    "</scope><scope><csAttribute>extensionAttribute7</csAttribute>\n"
                ),
            ),
        ),
        address=COST_CENTRE_ADDRESS,
        fields=[
            ("scope[2][1]", None, {"attribute": "title", "operator": "ISNOTNULL", "value": ""})
        ],
        back_fields=[
            ("scope[2]", {"attribute": "title", "operator": "ISNOTNULL", "value": ""}, None)
        ],
        risk="behaviour",
        follow_ups=SYNC_CORP,
        shown=("+", "title", "ISNOTNULL"),
    ),
    "an expression is edited": Turn(
        git=(
            (
                COST_CENTRE,
                "Left(Trim([extensionAttribute7]), 448),",
                "Left([extensionAttribute7], 448),",
            ),
        ),
        live=(
            (
                LIVE_COST_CENTRE,
                "Left(Trim([extensionAttribute7]), 448),",
                "Left([extensionAttribute7], 448),",
            ),
        ),
        address=COST_CENTRE_ADDRESS,
        fields=[
            (
                "flows.extensionAttribute7.expression",
                (
                    "IIF(IsPresent([extensionAttribute7]),\n"
                    "  Left(Trim([extensionAttribute7]), 448),\n  AuthoritativeNull)"
                ),
                (
                    "IIF(IsPresent([extensionAttribute7]),\n"
                    "  Left([extensionAttribute7], 448),\n  AuthoritativeNull)"
                ),
            )
        ],
        risk="behaviour",
        follow_ups=SYNC_CORP,
        shown=("extensionAttribute7", "Trim"),
    ),
    "a flow is added": Turn(
        git=((COST_CENTRE, "flows:\n", "flows:\n  title: {from: title}\n"),),
        live=(
            (
                LIVE_COST_CENTRE,
                "  <attribute-mappings>\n",
                (
                    "<attribute-mappings><mapping><dest>title</dest><src><attr>title</attr></src>"
                    "<valueMergeType>Update</valueMergeType></mapping>"
                ),
            ),
        ),
        address=COST_CENTRE_ADDRESS,
        fields=[("flows.title", None, _flow(**{"from": "title"}))],
        risk="behaviour",
        follow_ups=SYNC_CORP,
        shown=("+", "title"),
    ),
    "a flow is removed": Turn(
        git=((COST_CENTRE, "  otherMobile: {from: otherMobile, merge: merge}\n", ""),),
        live=(
            (
                LIVE_COST_CENTRE,
                (
                    "    <mapping>\n      <dest>otherMobile</dest>\n      <src>\n"
                    "        <attr>otherMobile</attr>\n      </src>\n"
                    "      <valueMergeType>Merge</valueMergeType>\n    </mapping>\n"
                ),
                "",
            ),
        ),
        address=COST_CENTRE_ADDRESS,
        fields=[("flows.otherMobile", _flow(**{"from": "otherMobile", "merge": "merge"}), None)],
        risk="behaviour",
        follow_ups=SYNC_CORP,
        shown=("otherMobile",),
    ),
    "a constant is another": Turn(
        git=((LEGACY, 'countryCode: {constant: "276"}', 'countryCode: {constant: "040"}'),),
        live=((LIVE_LEGACY, ">276<", ">040<"),),
        address="sync-rule/corp/Legacy: defaults of the old server",
        fields=[("flows.countryCode.constant", "276", "040")],
        risk="behaviour",
        follow_ups=SYNC_CORP,
        shown=("276", "040"),
    ),
    "a flow merges another way": Turn(
        git=((PAYROLL, "    merge: merge-case-insensitive\n", ""),),
        live=(
            (
                LIVE_PAYROLL,
                "<valueMergeType>MergeCaseInsensitive</valueMergeType>",
                "<valueMergeType>Update</valueMergeType>",
            ),
        ),
        address=PAYROLL_ADDRESS,
        fields=[
            ("flows.msExchExtensionCustomAttribute1.merge", "merge-case-insensitive", "update")
        ],
        risk="behaviour",
        follow_ups=SYNC_FABRIKAM,
        shown=("msExchExtensionCustomAttribute1", "merge-case-insensitive → update"),
    ),
    "a flow is no longer executed once": Turn(
        git=((COST_CENTRE, "    execute_once: true\n", ""),),
        live=((LIVE_COST_CENTRE, '<mapping execute-once="true">', "<mapping>"),),
        address=COST_CENTRE_ADDRESS,
        fields=[("flows.extensionAttribute9.execute_once", True, False)],
        risk="behaviour",
        follow_ups=SYNC_CORP,
        shown=("extensionAttribute9", "true → false"),
    ),
    "a rule links another way": Turn(
        git=((PAYROLL, "link: sticky-join\n", "link: join\n"),),
        live=((LIVE_PAYROLL, "<linkType>StickyJoin</linkType>", "<linkType>Join</linkType>"),),
        address=PAYROLL_ADDRESS,
        fields=[("link", "sticky-join", "join")],
        risk="destructive",
        back_risk="scope-widening",
        follow_ups=SYNC_FABRIKAM,
        shown=("link sticky-join → join",),
    ),
    "a rule stands elsewhere": Turn(
        git=((COST_CENTRE, "precedence: 40\n", "precedence: 41\n"),),
        live=((LIVE_COST_CENTRE, "<precedence>40<", "<precedence>41<"),),
        address=COST_CENTRE_ADDRESS,
        fields=[("precedence", 40, 41)],
        risk="behaviour",
        follow_ups=SYNC_CORP,
        shown=("precedence 40 → 41",),
    ),
    "a description is put better": Turn(
        git=((COST_CENTRE, "for payroll.", "for the payroll."),),
        live=((LIVE_COST_CENTRE, "for payroll.", "for the payroll."),),
        address=COST_CENTRE_ADDRESS,
        fields=[
            (
                "description",
                f"Cost centre (Kostenträger) for payroll. {_DAY}",
                f"Cost centre (Kostenträger) for the payroll. {_DAY}",
            )
        ],
        risk="cosmetic",
        shown=("description", "the"),
    ),
    "a custom rule is switched off": Turn(
        git=((GROUPS, "direction: inbound\n", "disabled: true\ndirection: inbound\n"),),
        live=((LIVE_GROUPS, "<disabled>False</disabled>", "<disabled>True</disabled>"),),
        address="sync-rule/corp/In from AD - Group - No temporary or build groups",
        fields=[("disabled", False, True)],
        risk="scope-shrinking",
        follow_ups=SYNC_CORP,
        shown=("disabled false → true",),
    ),
    "a rule no longer carries password hashes": Turn(
        git=((PASSWORDS, "password_sync: true\n", ""),),
        live=(
            (
                LIVE_PASSWORDS,
                "<EnablePasswordSync>True</EnablePasswordSync>",
                "<EnablePasswordSync>false</EnablePasswordSync>",
            ),
        ),
        address="sync-rule/corp/In from AD - User AccountEnabled - With password hash",
        fields=[("password_sync", True, False)],
        risk="security",
        follow_ups=SYNC_CORP,
        shown=("true → false",),
    ),
    "a join compares another attribute": Turn(
        git=(
            (
                PAYROLL,
                "{cs: msExchMasterAccountSid, mv: objectSid}",
                "{cs: msExchMasterAccountSid, mv: msExchMasterAccountSid}",
            ),
        ),
        live=(
            (
                LIVE_PAYROLL,
                (
                    "<csAttribute>msExchMasterAccountSid</csAttribute>\n"
                    "        <ilmAttribute>objectSid</ilmAttribute>"
                ),
                (
                    "<csAttribute>msExchMasterAccountSid</csAttribute>\n"
                    "        <ilmAttribute>msExchMasterAccountSid</ilmAttribute>"
                ),
            ),
        ),
        address=PAYROLL_ADDRESS,
        fields=[("join[2][0].mv", "objectSid", "msExchMasterAccountSid")],
        risk="scope-shrinking",
        follow_ups=SYNC_FABRIKAM,
        shown=("objectSid", "msExchMasterAccountSid"),
    ),
    "an outbound flow reads another attribute": Turn(
        git=(
            (
                REGION,
                "extensionAttribute14: {from: division}",
                "extensionAttribute14: {from: department}",
            ),
        ),
        live=((LIVE_REGION, "<attr>division</attr>", "<attr>department</attr>"),),
        address="sync-rule/entra/Out to AAD - User - Licence region",
        fields=[("flows.extensionAttribute14.from", "division", "department")],
        risk="behaviour",
        follow_ups=(
            ("corp", "full synchronization", "reconciler"),
            ("fabrikam", "full synchronization", "reconciler"),
        ),
        shown=("division", "department"),
    ),
}
