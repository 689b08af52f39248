"""What the kinds of a server say: its scheduler, switches, build, features and role."""

from __future__ import annotations

import pytest

from reconciler.kinds.kind import Draft, Kind
from reconciler.kinds.naming import Naming
from reconciler.kinds.registry import KINDS
from reconciler.model.addresses import Address
from reconciler.model.changes import Action, FieldChange, Risk, Support
from reconciler.model.estates import DocumentType
from reconciler.model.findings import Concern
from reconciler.model.nodes import Plain
from reconciler.model.resources import Reading
from reconciler.model.snapshots import Part, ServerTree, State
from reconciler.plan.differences import find_differences
from reconciler.plan.sides import Sides
from tests.kinds import worlds

NOBODY = Naming(connectors={}, known=frozenset())
SYNCHRONIZE = "Microsoft.Synchronize."
FEATURE = "Microsoft.OptionalFeature."
FEATURES = {
    "password-writeback": f"{FEATURE}PasswordWriteback",
    "device-writeback": f"{FEATURE}DeviceWriteBack",
    "group-writeback": f"{FEATURE}GroupWriteBack",
    "exchange-hybrid": f"{FEATURE}HybridExchange",
}
SERVER_KINDS = [name for name, kind in KINDS.items() if kind.document is DocumentType.SERVER]


def found(name: str, tree: ServerTree, **states: State) -> Reading:
    server = worlds.server(tree, states={Part[part]: state for part, state in states.items()})
    return KINDS[name].found(server, NOBODY)


def value_of(name: str, **parameters: str) -> Plain:
    """Return the one field of a kind that a server with these parameters has."""
    resources = found(name, {"parameters": parameters}).resources
    return dict(resources[0].fields) if resources else None


def draft(kind: Kind, before: Plain, after: Plain, *, path: str = "value") -> Draft:
    return Draft(
        address=Address(kind.name),
        name=kind.title,
        action=Action.UPDATE,
        fields=(FieldChange(path=path, before=before, after=after),),
        desired=None,
        live=None,
    )


@pytest.mark.parametrize("name", SERVER_KINDS)
@pytest.mark.parametrize("state", [State.ABSENT, State.DAMAGED])
def test_a_kind_whose_part_was_not_read_says_so_and_nothing_else(name: str, state: State) -> None:
    reading = found(name, {}, **{part.name: state for part in KINDS[name].parts})

    assert reading == Reading(state=state)


@pytest.mark.parametrize("name", SERVER_KINDS)
def test_a_server_that_lacks_a_setting_is_not_said_to_have_it(name: str) -> None:
    tree: ServerTree = {"parameters": {}}
    server = worlds.server(tree, build="")

    resources = KINDS[name].found(server, NOBODY).resources

    assert [resource for resource in resources if resource.fields] == []


@pytest.mark.parametrize("name", SERVER_KINDS)
def test_a_setting_that_is_not_written_is_not_managed(name: str) -> None:
    empty = worlds.estate(worlds.document(DocumentType.SERVER, "minimum_build: 2.5.79.0\n"))

    declared = [*KINDS[name].declared(empty, "sync01")]

    assert bool(declared) is (name == "minimum-build")


def test_an_environment_without_server_yaml_declares_nothing() -> None:
    assert [
        kind.name for kind in KINDS.values() if [*kind.declared(worlds.estate(), "sync01")]
    ] == []


# -- scheduler


def test_one_setting_of_the_scheduler_can_be_managed_alone() -> None:
    text = "scheduler:\n  cycle_enabled: false\n"
    estate = worlds.estate(worlds.document(DocumentType.SERVER, text))

    (declared,) = KINDS["scheduler"].declared(estate, "sync01")

    assert declared.fields == {"cycle_enabled": False}
    assert declared.place_of("cycle_enabled") != declared.place


def test_a_time_span_that_is_none_counts_as_unread() -> None:
    fields = value_of(
        "scheduler",
        **{f"{SYNCHRONIZE}TimeInterval": "soon", f"{SYNCHRONIZE}MaintenanceEnabled": "True"},
    )

    assert fields == {"maintenance_enabled": True}


def test_an_export_leaves_open_which_interval_it_holds() -> None:
    assert "does not say" in found("scheduler", {"parameters": {}}).note


def test_nothing_is_written_about_a_scheduler_of_which_nothing_is_known() -> None:
    (resource,) = found("scheduler", {"parameters": {}}).resources
    world = worlds.sides(worlds.estate(), worlds.server({"parameters": {}})).world

    assert KINDS["scheduler"].written(resource, world) is None


def test_stopping_the_cycle_weighs_more_than_keeping_history_longer() -> None:
    scheduler = KINDS["scheduler"]

    assert scheduler.risk(draft(scheduler, True, False, path="cycle_enabled")) is Risk.BEHAVIOUR
    assert scheduler.risk(draft(scheduler, "x", "y", path="purge_interval")) is Risk.COSMETIC


def test_only_the_changed_settings_of_a_scheduler_are_written() -> None:
    scheduler = KINDS["scheduler"]

    (operation,) = scheduler.operations(draft(scheduler, True, False, path="cycle_enabled"))

    assert operation.value == {"cycle_enabled": False}


# -- switches


def upgrade_sides(declared: str, live: str) -> Sides:
    document = worlds.document(DocumentType.SERVER, f"automatic_upgrade: {declared}\n")
    parameters = {f"{FEATURE}AutoUpgradeState": live}
    return worlds.sides(worlds.estate(document), worlds.server({"parameters": parameters}))


def test_a_suspended_upgrade_is_never_written_down() -> None:
    both = upgrade_sides("enabled", "Suspended")
    (resource,) = both.live["automatic-upgrade"].resources

    assert resource.fields["value"] == "suspended"
    assert KINDS["automatic-upgrade"].written(resource, both.world) is None


def test_a_suspended_upgrade_that_is_declared_enabled_is_a_finding_and_no_write() -> None:
    differences = find_differences(upgrade_sides("enabled", "Suspended"))

    assert differences.drafts == []
    (finding,) = differences.findings
    assert (finding.code, finding.concern) == ("RC3107", Concern.LIVE)


@pytest.mark.parametrize("live", ["Suspended", "Enabled"])
def test_an_upgrade_that_is_declared_disabled_is_written_over_either_state(live: str) -> None:
    (draft,) = find_differences(upgrade_sides("disabled", live)).drafts

    (operation,) = KINDS["automatic-upgrade"].operations(draft)

    assert operation.value == {"state": "disabled"}


@pytest.mark.parametrize(("flag", "word"), [(True, "enabled"), (False, "disabled")])
def test_audit_logging_is_read_as_a_word(flag: bool, word: str) -> None:
    (resource,) = found("audit-logging", {"audit_logging": flag}).resources

    assert resource.fields == {"value": word}


def test_turning_the_audit_log_off_concerns_security() -> None:
    audit = KINDS["audit-logging"]

    assert audit.risk(draft(audit, "enabled", "disabled")) is Risk.SECURITY
    assert audit.operations(draft(audit, "enabled", "disabled"))[0].value == {"enabled": False}
    assert audit.instructions(draft(audit, "enabled", "disabled"), worlds.nowhere())[0].endswith(
        "-Value 0"
    )


def test_the_lowest_build_is_never_imported() -> None:
    kind = KINDS["minimum-build"]
    (resource,) = found("minimum-build", {"parameters": {}}).resources
    world = worlds.sides(worlds.estate(), worlds.server({"parameters": {}})).world

    assert resource.fields == {"value": worlds.BUILD}
    assert kind.written(resource, world) is None


# -- observed features


@pytest.mark.parametrize(("name", "parameter"), FEATURES.items())
@pytest.mark.parametrize(
    ("text", "word"),
    [("True", "enabled"), (" false ", "disabled"), ("", None), ("perhaps", None)],
)
def test_a_feature_is_on_or_off_or_unknown(
    name: str, parameter: str, text: str, word: str | None
) -> None:
    assert value_of(name, **{parameter: text}) == (None if word is None else {"value": word})


@pytest.mark.parametrize("name", [*FEATURES, "sign-in-method", "export-deletion-threshold"])
def test_only_a_person_changes_a_feature(name: str) -> None:
    kind = KINDS[name]
    change = draft(kind, "disabled", "enabled")

    assert kind.support_of(change) is Support.MANUAL
    assert kind.operations(change) == ()
    assert kind.instructions(change, worlds.nowhere())


def test_turning_group_writeback_off_deletes_groups_turning_it_on_does_not() -> None:
    kind = KINDS["group-writeback"]

    assert kind.risk(draft(kind, "enabled", "disabled")) is Risk.DESTRUCTIVE
    assert kind.risk(draft(kind, "disabled", "enabled")) is Risk.BEHAVIOUR


@pytest.mark.parametrize(
    ("is_on", "count", "value"),
    [("True", "500", 500), ("False", "500", "disabled"), ("True", "", None), ("", "200", None)],
)
def test_a_deletion_threshold_is_a_number_or_disabled(is_on: str, count: str, value: Plain) -> None:
    fields = value_of(
        "export-deletion-threshold",
        **{
            f"{FEATURE}ExportDeletionThreshold": is_on,
            f"{FEATURE}ExportDeletionThresholdValue": count,
        },
    )

    assert fields == (None if value is None else {"value": value})


def test_a_number_without_the_switch_says_nothing_about_the_deletion_threshold() -> None:
    count = {f"{FEATURE}ExportDeletionThresholdValue": "500"}

    assert value_of("export-deletion-threshold", **count) is None


@pytest.mark.parametrize(
    ("before", "after", "risk"),
    [
        (500, 200, Risk.COSMETIC),
        ("disabled", 500, Risk.COSMETIC),
        (200, 500, Risk.SECURITY),
        (500, "disabled", Risk.SECURITY),
    ],
)
def test_a_threshold_that_lets_more_deletes_through_concerns_security(
    before: Plain, after: Plain, risk: Risk
) -> None:
    kind = KINDS["export-deletion-threshold"]

    assert kind.risk(draft(kind, before, after)) is risk


def test_an_empty_list_of_extensions_is_a_list_and_a_missing_one_is_unknown() -> None:
    assert value_of("directory-extensions", **{f"{FEATURE}DirectoryExtensionAttributes": ""}) == {
        "value": []
    }
    assert value_of("directory-extensions") is None


def test_an_unknown_sign_in_method_is_kept_as_it_stands() -> None:
    parameter = "Microsoft.UserSignIn.SignOnMethod"

    assert value_of("sign-in-method", **{parameter: "Something new"}) == {"value": "Something new"}


# -- role


def test_a_server_has_the_role_that_the_environment_gives_it_and_no_other() -> None:
    text = "environment: prod\nservers:\n  sync01: {role: active}\n  sync02: {role: staging}\n"
    estate = worlds.estate(worlds.document(DocumentType.ENVIRONMENT, text))
    kind = KINDS["staging-mode"]

    roles = {
        name: [item.fields["role"] for item in kind.declared(estate, name)]
        for name in ("sync01", "sync02", "sync03")
    }

    assert roles == {"sync01": ["active"], "sync02": ["staging"], "sync03": []}


def test_pending_exports_are_compared_before_a_server_leaves_staging() -> None:
    kind = KINDS["staging-mode"]

    steps = kind.instructions(draft(kind, "staging", "active", path="role"), worlds.nowhere())

    assert "old active server" in steps[0]
    assert "pending exports" in steps[1]
    assert steps[2].endswith('clear "Enable staging mode"')
    assert (
        len(kind.instructions(draft(kind, "active", "staging", path="role"), worlds.nowhere())) == 2
    )
