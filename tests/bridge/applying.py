"""A run at work: a session with the apply bridge, and one sound operation for each verb."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reconciler.live.bridge.process import ProcessTransport
from reconciler.live.bridge.transport import Deadline
from reconciler.live.bridge.wire import CONTRACT, Reply, to_text
from tests.bridge.counterpart import StubServer

Tree = dict[str, Any]

CORP = "71be0acb-2a56-4fee-94ce-b4f85d549dc6"
"""The connector of corp.contoso.com in the example's export."""

DOMAIN = "DC=corp,DC=contoso,DC=com"
CUSTOM_RULE = "85320efe-7e23-44ef-99e6-39602e0e191f"
DEFAULT_RULE = "2ebe5a39-d245-41f3-a29c-6c18fd40817b"
NEW_RULE = "0f5a2d3c-9b1e-4c7d-8a6f-1e2d3c4b5a69"
RUN = "run-1"


@dataclass(slots=True)
class Session:
    """A process of the apply entry on a stub server; each call fails the test after a minute."""

    stub: StubServer
    transport: ProcessTransport
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _first: dict[str, str] = field(default_factory=dict)

    def reset(self) -> None:
        """Let the server be as its export says again, and the bridge as installed."""
        for name in ("export", "records"):
            shutil.rmtree(self.stub.folder / name, ignore_errors=True)
        for name in ("extra.xml", "switches", "calls.jsonl"):
            (self.stub.folder / name).unlink(missing_ok=True)
        # contents only: a new time tells the running process to read again
        shutil.copytree(
            self.stub.export, self.stub.folder / "export", copy_function=shutil.copyfile
        )

    def call(self, function: str, **arguments: str) -> Reply:
        return self.transport.call(function, arguments, deadline=Deadline.after(60))

    def ask(self, function: str, **members: Any) -> Reply:
        """Send a request to a function of the apply module."""
        request = {"contract": CONTRACT, "id": self.new_id(), **members}
        return self.call(function, request=to_text(request))

    def new_id(self) -> str:
        return f"id-{next(self._numbers)}"

    def open(self, run: str = RUN, **members: Any) -> Reply:
        wanted = {"owner": "pipeline", "plan_hash": "ab12", "commit": None, "minutes": 10}
        return self.ask("Open-ReconcilerLease", run=run, **{**wanted, **members})

    def change(
        self, operation: Operation, *, expect: Sequence[Mapping[str, str]] = (), **members: Any
    ) -> Reply:
        """Send one change under the lease of the run, unless `members` say otherwise."""
        op = {
            "verb": operation.verb,
            "target": operation.target,
            "expect": list(expect),
            "value": operation.value,
        }
        wanted = {"lease": RUN, "group": "1", "what_if": False, "op": op}
        return self.ask("Invoke-ReconcilerChange", **{**wanted, **members})

    def state(self, section: str) -> Any:
        """Return one section."""
        reply = self.call("Get-ReconcilerState", section=section)
        assert isinstance(reply.value, dict), reply.error
        assert reply.value["refused"] == []
        return reply.value[section]

    def revisions(self) -> dict[str, str]:
        return {item["facet"]: item["revision"] for item in self.state("revisions")}

    def first_revisions(self) -> dict[str, str]:
        """Return the revisions of the server as its export says; it must not have changed yet."""
        if not self._first:
            self._first.update(self.revisions())
        return dict(self._first)

    def lease(self) -> Any:
        reply = self.call("Get-ReconcilerInfo")
        assert isinstance(reply.value, dict), reply.error
        return reply.value["lease"]

    def outcome(self, id_: str) -> Any:
        return self.call("Get-ReconcilerOutcome", id=id_).value


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A verb with a target and a value; `cmdlet` is the product's that writes it."""

    verb: str
    target: str
    value: Tree
    facets: tuple[str, ...]
    cmdlet: str

    def __str__(self) -> str:
        return self.verb


def rule(**members: Any) -> Tree:
    """Return a custom rule in the shape in which rules are read."""
    return {
        "identifier": NEW_RULE,
        "name": "In from AD - User - Cost centre",
        "description": "",
        "connector": CORP,
        "direction": "Inbound",
        "disabled": False,
        "source": "user",
        "target": "person",
        "link": "Join",
        "precedence": 77,
        "soft_delete_expiry": "00:00:00",
        "password_sync": False,
        "scope": [[{"attribute": "department", "operator": "ISNOTNULL", "value": ""}]],
        "join": [[{"cs": "objectSid", "mv": "objectSid", "case_sensitive": True}]],
        "flows": [flow("department", source=["department"])],
        **members,
    }


def flow(target: str, **members: Any) -> Tree:
    return {
        "target": target,
        "type": "Direct",
        "source": [],
        "expression": None,
        "merge": "Update",
        "execute_once": False,
        **members,
    }


SCHEDULER = Operation(
    verb="set-scheduler",
    target="scheduler",
    value={"interval": "01:00:00", "purge_interval": "3.00:00:00", "maintenance_enabled": False},
    facets=("scheduler",),
    cmdlet="Set-ADSyncScheduler",
)
STOP = Operation(
    verb="set-scheduler",
    target="scheduler",
    value={"cycle_enabled": False},
    facets=("scheduler",),
    cmdlet="Set-ADSyncScheduler",
)
UPGRADE = Operation(
    verb="set-automatic-upgrade",
    target="automatic-upgrade",
    value={"state": "disabled"},
    facets=("automatic-upgrade",),
    cmdlet="Set-ADSyncAutoUpgrade",
)
AUDIT = Operation(
    verb="set-audit-logging",
    target="audit-logging",
    value={"enabled": False},
    facets=("audit-logging",),
    cmdlet="",
)
PASSWORD_HASHES = Operation(
    verb="set-password-hash-sync",
    target=f"connector/{CORP}/password-hash-sync",
    value={"enabled": False},
    facets=(f"connector/{CORP}/password-hash-sync",),
    cmdlet="Set-ADSyncAADPasswordSyncConfiguration",
)
ADD = Operation(
    verb="add-rule",
    target=f"rule/{NEW_RULE}",
    value=rule(),
    facets=(f"rule/{NEW_RULE}",),
    cmdlet="Add-ADSyncRule",
)
SET = Operation(
    verb="set-rule",
    target=f"rule/{CUSTOM_RULE}",
    value=rule(identifier=CUSTOM_RULE, precedence=78),
    facets=(f"rule/{CUSTOM_RULE}",),
    cmdlet="Add-ADSyncRule",
)
SWITCH = Operation(
    verb="set-rule-disabled",
    target=f"rule/{DEFAULT_RULE}",
    value={"disabled": False},
    facets=(f"rule/{DEFAULT_RULE}",),
    cmdlet="Add-ADSyncRule",
)
REMOVE = Operation(
    verb="remove-rule",
    target=f"rule/{CUSTOM_RULE}",
    value={},
    facets=(f"rule/{CUSTOM_RULE}",),
    cmdlet="Remove-ADSyncRule",
)
OVERRIDE = Operation(
    verb="set-override",
    target=f"overrides/{CORP}",
    value={"full_import": True, "full_sync": True},
    facets=(f"overrides/{CORP}",),
    cmdlet="Set-ADSyncSchedulerConnectorOverride",
)
CONNECTOR = Operation(
    verb="set-connector",
    target=f"connector/{CORP}",
    value={
        "domains": [{"partition_dn": DOMAIN, "selected": False}],
        "organizational_units": [
            {
                "partition_dn": DOMAIN,
                "inclusions": [f"OU=Sales\\, EMEA,{DOMAIN}", f"OU=Ünïts,{DOMAIN}"],
                "exclusions": [DOMAIN],
            }
        ],
        "preferred_domain_controllers": [
            {"partition_dn": DOMAIN, "controllers": ["dc2.corp.contoso.com", "dc1"]}
        ],
        "attribute_selection": ["department", "objectGUID", "userPrincipalName"],
        "object_types": ["user", "contact"],
    },
    facets=(
        f"connector/{CORP}/domain/{DOMAIN}",
        f"connector/{CORP}/organizational-units/{DOMAIN}",
        f"connector/{CORP}/preferred-domain-controllers/{DOMAIN}",
        f"connector/{CORP}/attribute-selection",
        f"connector/{CORP}/object-types",
    ),
    cmdlet="Add-ADSyncConnector",
)
BACK_UP = Operation(
    verb="back-up", target="", value={}, facets=(), cmdlet="Get-ADSyncServerConfiguration"
)

WRITES = (
    SCHEDULER,
    UPGRADE,
    AUDIT,
    PASSWORD_HASHES,
    ADD,
    SET,
    SWITCH,
    REMOVE,
    OVERRIDE,
    CONNECTOR,
)
"""Every verb that changes the server, once."""

NEED_IDLE = tuple(operation for operation in WRITES if operation is not SCHEDULER)
BY_CMDLET = tuple(operation for operation in WRITES if operation.cmdlet)
