"""What custom and default rules say: found, compared, settled, written, followed up, judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest

from reconciler.kinds.kind import Draft, OperationDraft
from reconciler.kinds.registry import KINDS
from reconciler.kinds.rules.baselines import attribute_difference
from reconciler.kinds.rules.normal_form import from_document
from reconciler.kinds.rules.tags import Tag, parse_tag
from reconciler.model.addresses import Address
from reconciler.model.changes import Action, Attribution, FieldChange, Risk
from reconciler.model.estates import Document, DocumentType
from reconciler.model.findings import Concern, Severity
from reconciler.model.nodes import Plain
from reconciler.model.resources import Resource
from reconciler.model.snapshots import ENTRA_CONNECTOR, RuleTree
from reconciler.plan.differences import Differences, find_differences
from reconciler.plan.sides import Sides
from tests.kinds import worlds
from tests.kinds.trees import CORP, ad_connector, entra_connector, tree_of

BARE: dict[str, Plain] = {
    "direction": "inbound",
    "source": "user",
    "target": "person",
    "link": "join",
    "precedence": 50,
}
TAG = "Microsoft.InfromADUserJoin"
JOIN = "In from AD - User Join"
HEAD = "direction: inbound\nsource: user\ntarget: person\nlink: join\n"


def rule(name: str, number: int = 50, *, tag: str = "", **more: Plain) -> RuleTree:
    """Return a live rule of the forest's connector, or of the tenant's where it is outbound."""
    fields = from_document({**BARE, "precedence": number, **more})
    owner = ENTRA_CONNECTOR if fields["direction"] == "outbound" else CORP
    return tree_of(fields, name=name, tag=tag, connector=owner)


def custom(name: str, precedence: str, more: str = "", *, alias: str = "corp") -> Document:
    text = f"rule: {name}\nconnector: {alias}\n{HEAD}precedence: {precedence}\n{more}"
    return worlds.document(DocumentType.SYNC_RULE, text, file=f"rules/{name}.yaml")


def default(number: int, *, tag: str = f"{TAG}.009", build: str = worlds.BUILD) -> Document:
    text = (
        f"rule: {JOIN}\nconnector: corp\n"
        f"baseline: {{tag: {tag}, build: {build}, sha256: x}}\n{HEAD}precedence: {number}\n"
    )
    return worlds.document(DocumentType.DEFAULT_RULE, text, file=f"rules/default/{tag}.yaml")


def sides(documents: list[Document], rules: list[RuleTree], *, build: str = worlds.BUILD) -> Sides:
    tree_server = worlds.server(
        {"connectors": [ad_connector(), entra_connector()], "rules": rules}, build=build
    )
    return worlds.sides(worlds.estate(*documents, *worlds.connectors(tree_server)), tree_server)


def found(documents: list[Document], rules: list[RuleTree]) -> Differences:
    return find_differences(sides(documents, rules))


def precedence(both: Sides, name: str) -> Plain:
    return both.desired["sync-rule"][Address("sync-rule", "corp", name)].fields["precedence"]


# -- which rule is which


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Microsoft.InfromADUserJoin.003", Tag("Microsoft.InfromADUserJoin", 3)),
        ("Microsoft.Odd", Tag("Microsoft.Odd", 0)),
        ("Contoso.Rule.001", None),
        ("", None),
    ],
)
def test_a_tag_of_the_vendor_makes_a_default_rule(text: str, tag: Tag | None) -> None:
    assert parse_tag(text) == tag


def test_custom_and_default_rules_are_told_apart_and_named() -> None:
    both = sides([], [rule("In from AD - User"), rule("Join", 100, tag=f"{TAG}.003")])

    assert [str(item.address) for item in both.live["sync-rule"].resources] == [
        "sync-rule/corp/In from AD - User"
    ]
    assert [str(item.address) for item in both.live["default-rule"].resources] == [
        f"default-rule/corp/{TAG}"
    ]


def test_two_rules_of_one_name_are_unreadable_and_never_guessed() -> None:
    differences = found([custom("Twice", "50")], [rule("Twice", 50), rule("Twice", 51)])

    assert [finding.code for finding in differences.findings] == ["RC4202"]
    assert [str(item.address) for item in differences.blocked] == ["sync-rule/corp/Twice"]
    assert differences.drafts == []


def test_two_flows_to_one_attribute_make_a_rule_unreadable() -> None:
    tree = rule("Odd", flows={"mail": {"from": "mail"}})
    tree["flows"] = [*tree["flows"], *tree["flows"]]

    differences = found([], [tree])

    assert [finding.code for finding in differences.findings] == ["RC4203"]
    assert differences.unmanaged == []


def test_the_first_of_two_documents_of_one_rule_counts() -> None:
    documents = [custom("Twice", "50"), custom("Twice", "51")]

    assert precedence(sides(documents, []), "Twice") == 50


# -- changes and their writes


def test_a_rule_that_git_does_not_know_is_unmanaged() -> None:
    differences = found([], [rule("Legacy", 300)])

    assert [item.name for item in differences.unmanaged] == ["Legacy"]
    assert differences.drafts == []


def test_a_new_rule_is_added_where_none_is() -> None:
    (draft,) = found([custom("New", "50")], []).drafts
    (operation,) = KINDS["sync-rule"].operations(draft)

    assert (draft.action, operation.verb, operation.expect) == (
        Action.CREATE,
        "add-rule",
        "absent",
    )
    assert operation.value["name"] == "New"


def test_a_renamed_rule_is_written_in_place_under_its_old_name() -> None:
    document = custom("New name", "50", "moved_from: Old name\n")
    (draft,) = found([document], [rule("Old name")]).drafts
    (operation,) = KINDS["sync-rule"].operations(draft)

    assert (draft.action, draft.fields) == (Action.UPDATE, ())
    assert (operation.verb, operation.target) == ("set-rule", "sync-rule/corp/Old name")
    assert operation.value["name"] == "New name"


def test_a_name_alone_asks_for_no_synchronization_and_is_cosmetic() -> None:
    document = custom("New name", "50", "moved_from: Old name\n")
    both = sides([document], [rule("Old name")])
    (draft,) = find_differences(both).drafts

    assert KINDS["sync-rule"].follow_ups(draft, both.world) == ()
    assert KINDS["sync-rule"].risk(draft) is Risk.COSMETIC


def test_a_former_name_is_ignored_once_the_server_has_the_new_one() -> None:
    document = custom("New name", "50", "moved_from: Old name\n")

    assert found([document], [rule("New name")]).drafts == []


@pytest.mark.parametrize("field", ["direction", "source", "target"])
def test_what_cannot_change_in_place_is_removed_and_added(field: str) -> None:
    change = FieldChange(path=field, before="x", after="y")
    operations = KINDS["sync-rule"].operations(update("R", change))

    assert [(item.verb, item.expect) for item in operations] == [
        ("remove-rule", ""),
        ("add-rule", "after"),
    ]


def by_hand(documents: list[Document], rules: list[RuleTree]) -> tuple[str, ...]:
    """Return the hand steps of the one change of custom rules."""
    both = sides(documents, rules)
    (draft,) = [item for item in find_differences(both).drafts if item.address.kind == "sync-rule"]
    return KINDS["sync-rule"].instructions(draft, both.world)


def test_a_new_rule_is_told_with_all_that_the_editor_asks_for() -> None:
    (added, rest) = by_hand([custom("R", "50")], [])

    assert added == (
        'Synchronization Rules Editor → Inbound: Add new rule "R": connected system '
        "corp.contoso.com, connected system object type user, metaverse object type person, "
        "link type Join, precedence 50"
    )
    assert "scoping filter" in rest


def test_a_rule_with_another_object_type_is_deleted_and_added_anew_by_hand() -> None:
    why, removed, added, _ = by_hand([custom("R", "50")], [rule("R", source="contact")])

    assert "cannot change direction or object types" in why
    assert removed == 'Synchronization Rules Editor → Inbound: select "R" and Delete'
    assert 'Add new rule "R"' in added


@pytest.mark.parametrize(
    ("wish", "parameter", "anchor"),
    [
        (f"{{insert_before: corp/{TAG}}}", "PrecedenceBefore", JOIN),
        ("{insert_after: last}", "PrecedenceAfter", "Last"),
    ],
)
@pytest.mark.parametrize("is_new", [True, False])
def test_an_insertion_among_the_default_rules_is_powershell(
    wish: str, parameter: str, anchor: str, is_new: bool
) -> None:
    other = "Microsoft.InfromADUserCommon.001"
    defaults = [rule(JOIN, 100, tag=f"{TAG}.009"), rule("Last", 101, tag=other)]

    *_, exported, script = by_hand(
        [custom("R", wish)], [*defaults, *([] if is_new else [rule("R")])]
    )

    assert "takes only a number" in exported
    assert f"-Precedence 0 -{parameter} '00000000-0000-0000-0000-000000000001'" in script
    assert f'the default rule "{anchor}" of corp.contoso.com' in script


def test_a_rule_that_is_to_go_is_removed() -> None:
    draft = Draft(
        address=Address("sync-rule", "corp", "R"),
        name="R",
        action=Action.DELETE,
        fields=(),
        desired=None,
        live=resource("R", {}),
    )

    assert KINDS["sync-rule"].operations(draft) == (
        OperationDraft(verb="remove-rule", target="sync-rule/corp/R", value={}),
    )
    assert "Delete" in KINDS["sync-rule"].instructions(draft, worlds.nowhere())[0]


@pytest.mark.parametrize(("direction", "waits"), [("inbound", ["corp"]), ("outbound", [])])
def test_a_rule_waits_for_the_selection_of_what_it_reads_on_its_own_connector(
    direction: str, waits: list[str]
) -> None:
    reading: dict[str, Plain] = {
        "direction": direction,
        "scope": [[{"attribute": "division", "operator": "ISNOTNULL"}]],
        "join": [[{"cs": "employeeID", "mv": "employeeID"}]],
        "flows": {"title": {"expression": "Trim([department])"}},
    }
    rule_ = update("R", FieldChange(path="flows", before=None, after=None), fields=reading)

    def selected(name: str, alias: str = "corp") -> Draft:
        change = FieldChange(path="value", before=None, after=name, form="member")
        return replace(
            update("x", change, kind="attribute-selection"),
            address=Address("attribute-selection", alias),
        )

    def waits_for(*others: Draft) -> list[str]:
        return [item.connector for item in KINDS["sync-rule"].needs(rule_, others)]

    assert waits_for(selected("department")) == waits
    assert waits_for(selected("division")) == waits
    assert waits_for(selected("employeeID")) == ["corp"]
    assert waits_for(selected("title")) == ([] if waits else ["corp"])
    assert waits_for(selected("employeeID", alias="fabrikam")) == []


# -- precedence


def test_a_relative_precedence_becomes_a_number_and_keeps_one_that_satisfies() -> None:
    documents = [custom("Anchor", "50"), custom("Wishing", "{before: Anchor}")]

    assert precedence(sides(documents, []), "Wishing") == 49
    assert precedence(sides(documents, [rule("Wishing", 12)]), "Wishing") == 12
    assert precedence(sides(documents, [rule("Wishing", 60)]), "Wishing") == 49


def test_numbers_of_unmanaged_rules_are_not_given_away() -> None:
    documents = [custom("Anchor", "50"), custom("Wishing", "{before: Anchor}")]

    assert precedence(sides(documents, [rule("Legacy", 49)]), "Wishing") == 48


def test_the_number_of_a_rule_that_is_renamed_is_its_own() -> None:
    documents = [
        custom("Anchor", "50"),
        custom("New", "{before: Anchor}", "moved_from: Old\n"),
    ]

    assert precedence(sides(documents, [rule("Old", 49)]), "New") == 49


def test_a_wish_may_name_the_connector_of_its_anchor() -> None:
    documents = [
        custom("Same", "50"),
        custom("Same", "70", alias="entra"),
        custom("Wishing", "{after: entra/Same}"),
    ]

    assert precedence(sides(documents, []), "Wishing") == 71


def test_wishes_in_a_circle_are_a_finding_for_each_rule() -> None:
    documents = [custom("A", "{before: B}"), custom("B", "{before: A}")]

    findings = sides(documents, []).findings

    assert [finding.code for finding in findings] == ["RC3201", "RC3201"]
    assert all("circle" in finding.what for finding in findings)
    assert all(finding.place is not None and finding.place.line for finding in findings)


def test_a_rule_cannot_stand_behind_one_that_is_inserted_among_the_default_rules() -> None:
    documents = [custom("Late", "{insert_after: last}"), custom("Wishing", "{after: Late}")]

    assert [finding.code for finding in sides(documents, []).findings] == ["RC3201"]


DEFAULTS = [rule("Join", 100, tag=f"{TAG}.009"), rule("Common", 105, tag="Microsoft.Common.012")]


@pytest.mark.parametrize(
    ("number", "wish"),
    [
        (104, {"insert_before": "corp/Microsoft.Common"}),
        (101, {"insert_before": "corp/Microsoft.Common"}),
        (300, {"insert_after": "last"}),
    ],
)
def test_a_live_number_above_the_band_is_written_as_an_insertion_and_fulfils_it(
    number: int, wish: dict[str, Plain]
) -> None:
    live = [*DEFAULTS, rule("Inserted", number)]
    before = sides([], live)
    (resource_,) = before.live["sync-rule"].resources
    paper = KINDS["sync-rule"].written(resource_, before.world)
    assert paper is not None
    assert isinstance(paper.value, dict)

    (key,), (text,) = wish.keys(), wish.values()
    after = found([custom("Inserted", f"{{{key}: {text}}}")], live)

    assert paper.value["precedence"] == wish
    assert [draft for draft in after.drafts if draft.address.kind == "sync-rule"] == []


def test_an_insertion_that_the_server_does_not_fulfil_is_a_difference() -> None:
    live = [*DEFAULTS, rule("Inserted", 300)]
    document = custom("Inserted", "{insert_before: corp/Microsoft.Common}")

    (draft,) = found([document], live).drafts

    assert [(change.before, change.after) for change in draft.fields] == [
        (300, {"insert_before": "corp/Microsoft.Common"})
    ]


def test_an_insertion_before_a_rule_that_nobody_knows_is_an_error() -> None:
    document = custom("Inserted", "{insert_before: corp/Microsoft.Unknown}")

    assert [finding.code for finding in sides([document], DEFAULTS).findings] == ["RC3202"]


COMMON = rule("Common", 105, tag="Microsoft.Common.012")
INSERTED = f"{{insert_before: corp/{TAG}}}"


def test_an_insertion_point_that_the_server_lost_leaves_the_precedence_alone() -> None:
    documents = [custom("Inserted", INSERTED), default(100)]
    differences = found(documents, [rule("Inserted", 300), COMMON])

    assert differences.drafts == []
    lost = [item for item in differences.findings if item.code == "RC3203"]
    assert [(item.concern, item.severity) for item in lost] == [(Concern.LIVE, Severity.WARNING)]


def test_a_new_rule_waits_for_an_insertion_point_that_the_server_lost() -> None:
    differences = found([custom("Inserted", INSERTED), default(100)], [COMMON])

    assert differences.drafts == []
    assert "RC3203" in [item.code for item in differences.findings]


def test_an_insertion_point_is_lost_with_all_other_default_rules() -> None:
    differences = found([custom("Inserted", INSERTED), default(100)], [rule("Inserted", 300)])

    assert differences.drafts == []
    assert "RC3203" in [item.code for item in differences.findings]


@pytest.mark.parametrize("number", [0, 1, 99])
def test_a_number_in_or_below_the_band_is_written_as_it_is(number: int) -> None:
    both = sides([], [rule("R", number)])
    (live,) = both.live["sync-rule"].resources
    paper = KINDS["sync-rule"].written(live, both.world)
    assert paper is not None
    assert isinstance(paper.value, dict)

    assert paper.value["precedence"] == number


# -- what must follow


FEEDING: dict[str, Plain] = {"link": "provision"}


def test_an_inbound_rule_concerns_its_own_connector() -> None:
    both = sides([custom("R", "50")], [])
    (draft,) = find_differences(both).drafts

    assert followers(draft, both) == ["corp"]


def test_an_outbound_rule_concerns_the_connectors_that_feed_its_objects() -> None:
    live = [
        rule("Join", 100, tag=f"{TAG}.009", link="provision"),
        rule("Other type", 101, tag="Microsoft.Group.001", link="provision", target="group"),
        rule("Out", 70, direction="outbound", source="person", target="user"),
    ]
    document = worlds.document(
        DocumentType.SYNC_RULE,
        "rule: Out\nconnector: entra\ndirection: outbound\nsource: person\ntarget: user\n"
        "link: join\nprecedence: 71\n",
    )
    both = sides([document], live)
    (draft,) = [item for item in find_differences(both).drafts if item.name == "Out"]

    assert followers(draft, both) == ["corp"]


def test_a_disabled_rule_feeds_nothing() -> None:
    live = [
        rule("Join", 100, tag=f"{TAG}.009", link="provision", disabled=True),
        rule("Out", 70, direction="outbound", source="person", target="user"),
    ]
    document = worlds.document(
        DocumentType.SYNC_RULE,
        "rule: Out\nconnector: entra\ndirection: outbound\nsource: person\ntarget: user\n"
        "link: join\nprecedence: 71\n",
    )
    both = sides([document], live)
    (draft,) = [item for item in find_differences(both).drafts if item.name == "Out"]

    assert followers(draft, both) == []


def test_words_alone_need_no_synchronization() -> None:
    both = sides([custom("R", "50", "description: words\n")], [rule("R")])
    (draft,) = find_differences(both).drafts

    assert followers(draft, both) == []


# -- risk


@pytest.mark.parametrize(
    ("change", "fields", "risk"),
    [
        (("description", "", "x"), {}, Risk.COSMETIC),
        (("precedence", 50, 51), {}, Risk.BEHAVIOUR),
        (("soft_delete_expiry", "a", "b"), {}, Risk.BEHAVIOUR),
        (("password_sync", False, True), {}, Risk.SECURITY),
        (("direction", "inbound", "outbound"), {}, Risk.DESTRUCTIVE),
        (("link", "provision", "join"), {}, Risk.DESTRUCTIVE),
        (("link", "join", "provision"), {}, Risk.SCOPE_WIDENING),
        (("join[0]", None, []), {}, Risk.SCOPE_SHRINKING),
        (("flows.department", None, {}), {}, Risk.BEHAVIOUR),
        (("flows.cloudFiltered", None, {}), {}, Risk.SCOPE_SHRINKING),
        (("flows.sourceAnchor.expression", "a", "b"), {}, Risk.DESTRUCTIVE),
        (("disabled", False, True), {"link": "provision"}, Risk.DESTRUCTIVE),
        (("disabled", True, False), {"link": "provision"}, Risk.SCOPE_WIDENING),
        (("disabled", False, True), {"password_sync": True}, Risk.SECURITY),
        (("disabled", False, True), {}, Risk.BEHAVIOUR),
        (
            ("disabled", True, False),
            {"flows": {"cloudFiltered": {"constant": "True"}}},
            Risk.SCOPE_SHRINKING,
        ),
        (("link", "join", "join-no-flow"), {}, Risk.BEHAVIOUR),
        (("link", "join-no-flow", "join"), {}, Risk.BEHAVIOUR),
        (("precedence", 50, 51), {"password_sync": True}, Risk.SECURITY),
        (
            ("precedence", 50, 51),
            {"flows": {"cloudFiltered": {"constant": "True"}}},
            Risk.SCOPE_SHRINKING,
        ),
    ],
)
def test_a_change_is_judged_by_what_it_can_do_to_people(
    change: tuple[str, Plain, Plain], fields: dict[str, Plain], risk: Risk
) -> None:
    path, before, after = change
    draft = update("R", FieldChange(path=path, before=before, after=after), fields=fields)

    assert KINDS["sync-rule"].risk(draft) is risk


STAFF: Plain = {"attribute": "employeeType", "operator": "EQUAL", "value": "Staff"}
IN_OFFICE: Plain = {"attribute": "l", "operator": "ISNOTNULL"}


@pytest.mark.parametrize(
    ("before", "after", "risk"),
    [
        ([], [[STAFF]], Risk.SCOPE_SHRINKING),
        ([[STAFF]], [], Risk.SCOPE_WIDENING),
        ([[STAFF]], [[STAFF], [IN_OFFICE]], Risk.SCOPE_WIDENING),
        ([[STAFF], [IN_OFFICE]], [[STAFF]], Risk.SCOPE_SHRINKING),
        ([[STAFF]], [[STAFF, IN_OFFICE]], Risk.SCOPE_SHRINKING),
        ([[STAFF, IN_OFFICE]], [[STAFF]], Risk.SCOPE_WIDENING),
        ([[STAFF]], [[IN_OFFICE]], Risk.SCOPE_SHRINKING),
        ([[STAFF, IN_OFFICE], [IN_OFFICE]], [[IN_OFFICE]], Risk.SCOPE_WIDENING),
        ([[], [STAFF]], [[STAFF]], Risk.SCOPE_SHRINKING),
        ([[STAFF]], [[]], Risk.SCOPE_SHRINKING),
    ],
)
@pytest.mark.parametrize(
    "decides", [{"link": "provision"}, {"join": [[{"cs": "mail", "mv": "mail"}]]}]
)
def test_a_scope_is_judged_as_a_whole_by_whom_it_leaves_out(
    before: Plain, after: Plain, risk: Risk, decides: dict[str, Plain]
) -> None:
    assert judged_scope(before, after, decides) is risk


@pytest.mark.parametrize(
    ("carried", "risk"),
    [
        ({}, Risk.BEHAVIOUR),
        ({"flows": {"cloudFiltered": {"constant": "True"}}}, Risk.SCOPE_SHRINKING),
        ({"password_sync": True}, Risk.SECURITY),
        ({"password_sync": True, "link": "provision"}, Risk.SECURITY),
    ],
)
def test_a_scope_is_judged_by_what_the_rule_carries(carried: dict[str, Plain], risk: Risk) -> None:
    assert judged_scope([[STAFF]], [[STAFF], [IN_OFFICE]], carried) is risk


def judged_scope(before: Plain, after: Plain, fields: dict[str, Plain]) -> Risk:
    """Return the risk of changing the scope of a rule with these fields."""
    kind = KINDS["sync-rule"]
    live, desired = (resource("R", {**fields, "scope": scope}) for scope in (before, after))
    changes = kind.fields["scope"].differences(
        "scope", live.fields["scope"], desired.fields["scope"]
    )
    draft = replace(update("R", *changes), live=live, desired=desired)
    return kind.risk(draft)


def test_the_heaviest_change_decides() -> None:
    draft = update(
        "R",
        FieldChange(path="description", before="", after="x"),
        FieldChange(path="password_sync", before=False, after=True),
    )

    assert KINDS["sync-rule"].risk(draft) is Risk.SECURITY


@pytest.mark.parametrize(
    ("action", "fields", "risk"),
    [
        (Action.CREATE, {}, Risk.BEHAVIOUR),
        (Action.CREATE, {"link": "provision"}, Risk.SCOPE_WIDENING),
        (Action.CREATE, {"flows": {"cloudFiltered": {"constant": "x"}}}, Risk.SCOPE_SHRINKING),
        (Action.DELETE, {"link": "sticky-join"}, Risk.DESTRUCTIVE),
        (Action.DELETE, {"join": [[{"cs": "a", "mv": "a"}]]}, Risk.SCOPE_SHRINKING),
        (Action.DELETE, {}, Risk.BEHAVIOUR),
    ],
)
def test_a_rule_that_comes_or_goes_is_judged_by_what_it_decides(
    action: Action, fields: dict[str, Plain], risk: Risk
) -> None:
    side = resource("R", fields)
    draft = Draft(
        address=side.address,
        name="R",
        action=action,
        fields=(),
        desired=side if action is Action.CREATE else None,
        live=side if action is Action.DELETE else None,
    )

    assert KINDS["sync-rule"].risk(draft) is risk


# -- default rules


def codes(documents: list[Document], rules: list[RuleTree]) -> list[str]:
    return [finding.code for finding in found(documents, rules).findings]


def test_numbers_and_versions_of_default_rules_mean_nothing() -> None:
    differences = found([default(100)], [rule(JOIN, 117, tag=f"{TAG}.009")])

    assert differences.drafts == []
    assert differences.findings == []


def test_a_difference_of_a_default_rule_is_a_finding_with_both_texts_and_never_a_write() -> None:
    live = rule("In from AD - User Join", 100, tag=f"{TAG}.009", description="edited")

    differences = found([default(100)], [live])

    (finding,) = differences.findings
    assert differences.drafts == []
    assert finding.code == "RC3102"
    assert "somebody edited it" in finding.expected[0]
    assert finding.expected[1:] == ("description", "  in git     ", "  on server  edited")
    assert "--adopt-default" in finding.remedy


@pytest.mark.parametrize(
    ("baseline", "live", "whose"),
    [
        ((9, "2.5.190.0"), (10, "2.5.190.0"), Attribution.PRODUCT_UPGRADE),
        ((9, "2.5.190.0"), (9, "2.5.190.0"), Attribution.DRIFT),
        ((9, "2.5.190"), (9, "2.5.190.0"), Attribution.DRIFT),
        ((9, "2.5.190.0"), (9, "2.6.3.0"), Attribution.UNDECIDED),
        ((9, "2.5.190.0"), (8, "2.5.190.0"), Attribution.UNDECIDED),
        ((9, "2.5.190.0"), (9, ""), Attribution.UNDECIDED),
    ],
)
def test_tag_and_build_tell_whose_difference_it_is(
    baseline: tuple[int, str], live: tuple[int, str], whose: Attribution
) -> None:
    assert (
        attribute_difference(
            baseline_tag=baseline[0],
            live_tag=live[0],
            baseline_build=baseline[1],
            live_build=live[1],
        )
        is whose
    )


def test_only_disabled_is_ever_written_to_a_default_rule() -> None:
    kind = KINDS["default-rule"]
    off = update(TAG, FieldChange(path="disabled", before=False, after=True), kind="default-rule")
    other = update(TAG, FieldChange(path="description", before="", after="x"), kind="default-rule")

    assert kind.operations(off)[0].value == {"disabled": True}
    assert kind.operations(other) == ()
    assert "Disable" in kind.instructions(off, worlds.nowhere())[0]


def test_a_new_and_a_missing_default_rule_are_findings() -> None:
    live = [rule("Common", 105, tag="Microsoft.Common.012")]

    assert sorted(codes([default(100)], live)) == ["RC3103", "RC3104"]


def test_another_order_of_default_rules_is_a_finding_whatever_their_numbers() -> None:
    documents = [default(100), default(105, tag="Microsoft.Common.012")]
    shifted = [rule(JOIN, 140, tag=f"{TAG}.009"), rule(JOIN, 180, tag="Microsoft.Common.012")]
    turned = [rule(JOIN, 180, tag=f"{TAG}.009"), rule(JOIN, 140, tag="Microsoft.Common.012")]

    assert codes(documents, shifted) == []
    assert codes(documents, turned) == ["RC3105"]


def test_only_default_rules_of_both_sides_have_an_order() -> None:
    documents = [default(100), default(105, tag="Microsoft.Common.012")]

    assert codes(documents, [rule(JOIN, 140, tag="Microsoft.Common.012")]) == ["RC3104"]


def test_the_first_of_two_documents_of_one_default_rule_counts() -> None:
    documents = [default(100), default(200)]

    assert len([*KINDS["default-rule"].declared(worlds.estate(*documents), "sync01")]) == 1


@pytest.mark.parametrize(
    ("tag", "meaning"), [(f"{TAG}.009", "somebody edited it"), (f"{TAG}.010", "a product upgrade")]
)
def test_a_default_rule_of_another_name_is_a_finding_with_both_names(
    tag: str, meaning: str
) -> None:
    differences = found([default(100)], [rule("Renamed", 100, tag=tag)])

    (finding,) = differences.findings
    assert differences.drafts == []
    assert finding.code == "RC3102"
    assert finding.expected[0].startswith(meaning)
    assert finding.expected[1:] == (
        "rule",
        "  in git     In from AD - User Join",
        "  on server  Renamed",
    )


def update(
    name: str,
    *changes: FieldChange,
    kind: str = "sync-rule",
    fields: Mapping[str, Plain] = MappingProxyType({}),
) -> Draft:
    side = resource(name, fields, kind=kind)
    return Draft(
        address=side.address,
        name=name,
        action=Action.UPDATE,
        fields=changes,
        desired=side,
        live=side,
    )


def resource(name: str, fields: Mapping[str, Plain], *, kind: str = "sync-rule") -> Resource:
    return Resource(
        address=Address(kind, "corp", name),
        name=name,
        fields=from_document({**BARE, **fields}),
    )


def followers(draft: Draft, both: Sides) -> list[str]:
    return [step.connector for step in KINDS["sync-rule"].follow_ups(draft, both.world)]
