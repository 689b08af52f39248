"""What the kinds of a connector say: domains, units, types, attributes, filters."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.kinds.distinguished_names import normal_dn
from reconciler.kinds.effective_scope import regions_of
from reconciler.kinds.kind import Draft, Presence
from reconciler.kinds.naming import name_connectors
from reconciler.kinds.registry import KINDS
from reconciler.kinds.wizard_boxes import box_steps
from reconciler.model.addresses import Address
from reconciler.model.changes import Action, FieldChange, Risk, Step, Support
from reconciler.model.estates import Document, DocumentType
from reconciler.model.nodes import Plain
from reconciler.model.snapshots import ConnectorTree, Part, State
from reconciler.plan.differences import find_differences
from reconciler.plan.sides import Sides
from tests.kinds import worlds
from tests.kinds.trees import CORP, ad_connector, entra_connector, partition

ROOT = "DC=corp,DC=contoso,DC=com"


def corp(text: str) -> Document:
    return worlds.document(
        DocumentType.CONNECTOR, f"connector: corp\nforest: corp.contoso.com\n{text}"
    )


def sides(text: str, *connectors: ConnectorTree) -> Sides:
    return worlds.sides(worlds.estate(corp(text)), worlds.server({"connectors": [*connectors]}))


def changed(both: Sides) -> dict[str, list[str]]:
    """Return the changed paths by address."""
    return {
        str(draft.address): [change.path for change in draft.fields]
        for draft in find_differences(both).drafts
    }


# -- naming


def test_a_connector_is_found_by_its_forest_without_regard_to_case() -> None:
    estate = worlds.estate(
        worlds.document(DocumentType.CONNECTOR, "connector: hq\nforest: CORP.contoso.com\n")
    )

    naming = name_connectors(worlds.server({"connectors": [ad_connector()]}), estate)

    assert [*naming.connectors] == ["hq"]
    assert naming.alias_of(CORP) == "hq"
    assert naming.alias_of("another") is None


def test_connectors_that_git_does_not_know_get_aliases_of_their_own() -> None:
    trees = [
        ad_connector(),
        ad_connector(forest="corp.fabrikam.com", identifier="2"),
        entra_connector(),
    ]

    naming = name_connectors(worlds.server({"connectors": trees}), None)
    turned = name_connectors(worlds.server({"connectors": trees[::-1]}), None)

    assert {alias: tree["name"] for alias, tree in naming.connectors.items()} == {
        "corp": "corp.contoso.com",
        "corp-2": "corp.fabrikam.com",
        "entra": "contoso.onmicrosoft.com - AAD",
    }
    assert turned.connectors == naming.connectors
    assert naming.known == frozenset()


def test_a_derived_alias_never_takes_one_of_git() -> None:
    estate = worlds.estate(
        worlds.document(DocumentType.CONNECTOR, "connector: corp\nforest: fabrikam.com\n")
    )

    naming = name_connectors(worlds.server({"connectors": [ad_connector()]}), estate)

    assert [*naming.connectors] == ["corp-2"]


# -- connectors


def test_only_the_wizard_adds_a_connector() -> None:
    draft = draft_of("connector")

    assert KINDS["connector"].support_of(draft) is Support.MANUAL
    assert KINDS["connector"].operations(draft) == ()
    assert "Connect Directories" in KINDS["connector"].instructions(draft, worlds.nowhere())[0]


def test_a_connector_that_the_server_lacks_means_that_the_source_is_incomplete() -> None:
    (finding,) = find_differences(sides("", entra_connector())).findings[:1]

    assert KINDS["connector"].only_desired is Presence.DAMAGE
    assert finding.code == "RC4201"
    assert "corp.contoso.com" in finding.what


# -- domains


def test_a_domain_that_a_list_does_not_name_is_out() -> None:
    tree = ad_connector(partition("corp.contoso.com"), partition("lab.corp.contoso.com"))

    both = sides("domains:\n  CORP.contoso.com: all\n", tree)

    assert changed(both) == {"domain/corp/lab.corp.contoso.com": ["selected"]}


def test_domains_are_not_managed_where_none_is_listed() -> None:
    tree = ad_connector(partition("corp.contoso.com"), partition("lab.corp.contoso.com"))

    assert changed(sides("group_filter: null\n", tree)) == {}


def test_a_domain_that_is_out_is_not_written() -> None:
    tree = ad_connector(partition("corp.contoso.com"), partition("lab.contoso.com", selected=False))
    both = sides("", tree)
    kinds = ("domain", "organizational-units")

    written = {
        paper.path[1]
        for name in kinds
        for item in both.live[name].resources
        if (paper := KINDS[name].written(item, both.world))
    }

    assert written == {"corp.contoso.com"}


def test_a_domain_that_the_server_does_not_know_needs_the_wizard() -> None:
    both = sides("domains:\n  new.corp.contoso.com: all\n", ad_connector())
    kind = KINDS["domain"]
    (draft,) = [item for item in find_differences(both).drafts if item.address.kind == "domain"]

    assert kind.support_of(draft) is Support.MANUAL
    assert kind.operations(draft) == ()
    page = kind.instructions(draft, both.world)[0]
    assert "Domain and OU filtering" in page
    assert "Refresh Domains" in page


# -- organizational units


def units(text: str) -> dict[str, Plain]:
    both = sides(f"domains:\n  corp.contoso.com:\n    organizational_units: {text}\n")
    (declared,) = both.desired["organizational-units"].values()
    return dict(declared.fields)


def test_all_means_everything_and_new_units_too() -> None:
    assert units("all") == {"include": [], "exclude": [], "new": "included"}


def test_units_created_later_are_out_unless_said_otherwise() -> None:
    assert units("{include: [OU=Employees]}")["new"] == "excluded"


def test_the_word_all_in_place_of_a_domain_means_the_same() -> None:
    short = sides("domains:\n  corp.contoso.com: all\n")
    long = sides("domains:\n  corp.contoso.com:\n    organizational_units: all\n")

    (one,), (other,) = (both.desired["organizational-units"].values() for both in (short, long))

    assert one.fields == other.fields


def test_raw_lists_mean_what_the_short_form_means() -> None:
    raw = f'{{inclusions: ["OU=Employees,{ROOT}"], exclusions: ["{ROOT}"]}}'

    assert units(raw) == units("{include: [OU=Employees], new: excluded}")


NAMES = st.lists(
    st.sampled_from([f"OU={name},{ROOT}" for name in ("A", "B", r"R\, D", "Ä")]), unique=True
)
LISTS = st.tuples(NAMES, NAMES, st.booleans(), st.booleans())


@given(LISTS)
def test_every_filter_of_a_server_can_be_written_and_read_back(
    lists: tuple[list[str], list[str], bool, bool],
) -> None:
    inclusions, exclusions, is_in, is_out = lists
    tree = partition(
        "corp.contoso.com",
        inclusions=(*inclusions, *([ROOT] if is_in else [])),
        exclusions=(*exclusions, *([ROOT] if is_out else [])),
    )
    tree["inclusions"] = [*inclusions, *([ROOT] if is_in else [])]
    server = worlds.server({"connectors": [ad_connector(tree)]})
    before = worlds.sides(worlds.estate(corp("")), server)
    (live,) = before.live["organizational-units"].resources
    paper = KINDS["organizational-units"].written(live, before.world)
    assert paper is not None

    text = f"domains: {{corp.contoso.com: {{organizational_units: {json.dumps(paper.value)}}}}}\n"
    after = worlds.sides(worlds.estate(corp(text)), server)

    assert changed(after) == {}


def test_both_lists_are_written_in_the_servers_spelling() -> None:
    tree = partition("corp.contoso.com", inclusions=(f"OU=Employees,{ROOT}",), exclusions=(ROOT,))
    text = """domains:
  corp.contoso.com:
    organizational_units:
      include:
        - ou=EMPLOYEES
        - ou=Partners, DC=corp,DC=contoso,DC=com
"""
    both = sides(text, ad_connector(tree))
    (draft,) = find_differences(both).drafts

    (operation,) = KINDS["organizational-units"].operations(draft)

    assert operation.value == {
        "domain": "corp.contoso.com",
        "inclusions": [f"OU=Employees,{ROOT}", f"OU=Partners,{ROOT}"],
        "exclusions": [ROOT],
    }


A, B = f"OU=A,{ROOT}", f"OU=B,OU=A,{ROOT}"


def units_change(live: tuple[tuple[str, ...], tuple[str, ...]], wanted: str) -> tuple[Risk, str]:
    """Return the risk and the hand steps of an OU filter that becomes what git says."""
    tree = partition("corp.contoso.com", inclusions=live[0], exclusions=live[1])
    text = f"domains: {{corp.contoso.com: {{organizational_units: {wanted}}}}}\n"
    both = sides(text, ad_connector(tree))
    (draft,) = find_differences(both).drafts
    kind = KINDS["organizational-units"]
    return kind.risk(draft), "\n".join(kind.instructions(draft, both.world))


@pytest.mark.parametrize(
    ("live", "wanted", "risk"),
    [
        pytest.param(((A,), (ROOT,)), "all", Risk.SCOPE_WIDENING, id="everything comes in"),
        pytest.param(
            ((ROOT,), ()), "{include: [OU=A], new: excluded}", Risk.SCOPE_SHRINKING, id="all but A"
        ),
        pytest.param(
            ((A, B), (ROOT,)),
            "{include: [OU=A], new: excluded}",
            Risk.COSMETIC,
            id="a redundant inclusion goes",
        ),
        pytest.param(
            ((A,), (ROOT,)),
            '{include: [OU=A, "OU=B,OU=A"], new: excluded}',
            Risk.COSMETIC,
            id="a redundant inclusion comes",
        ),
        pytest.param(
            ((ROOT, B), (A,)), "{new: included}", Risk.SCOPE_WIDENING, id="a nested exception goes"
        ),
        pytest.param(
            ((A,), (ROOT,)),
            '{include: [OU=A], exclude: ["OU=B,OU=A"], new: excluded}',
            Risk.SCOPE_SHRINKING,
            id="a part goes",
        ),
        pytest.param(
            ((ROOT,), (A,)),
            '{include: ["OU=B,OU=A"], exclude: [OU=A], new: included}',
            Risk.SCOPE_WIDENING,
            id="a part comes back",
        ),
    ],
)
def test_a_filter_change_is_judged_by_who_leaves(
    live: tuple[tuple[str, ...], tuple[str, ...]], wanted: str, risk: Risk
) -> None:
    assert units_change(live, wanted)[0] is risk


def steps_of(live: tuple[tuple[str, ...], tuple[str, ...]], wanted: str) -> list[str]:
    """Return the hand steps below the wizard's page."""
    return units_change(live, wanted)[1].splitlines()[1:]


def test_the_domain_is_emptied_before_what_stays_is_selected() -> None:
    assert steps_of(((ROOT,), ()), "{include: [OU=A], new: excluded}") == [
        (
            "click corp.contoso.com until it is empty (white, no check mark): then only what is "
            "selected below is synchronized, and organizational units created later are not"
        ),
        f"select {A} (checked): organizational units created later in it are synchronized too",
        "everything of corp.contoso.com that is not listed leaves the scope",
    ]


def test_selecting_the_domain_selects_everything_in_it() -> None:
    assert steps_of(((A,), (ROOT,)), "all") == [
        (
            "select corp.contoso.com (checked): organizational units created later "
            "are synchronized too"
        ),
        "everything of corp.contoso.com that is not listed enters the scope",
    ]


def test_what_a_selected_domain_is_not_to_hold_is_cleared_after_it() -> None:
    assert steps_of(((A,), (ROOT,)), "{exclude: [OU=C], new: included}") == [
        (
            "select corp.contoso.com (grey with a check mark, as parts of it stay out): "
            "organizational units created later are synchronized too"
        ),
        f"clear OU=C,{ROOT}",
        "everything of corp.contoso.com that is not listed enters the scope",
    ]


def test_an_exception_that_goes_with_what_was_included_below_it_is_one_click() -> None:
    assert steps_of(((ROOT, B), (A,)), "{new: included}") == [
        f"select {A} (checked): organizational units created later in it are synchronized too",
        f"everything of {A} that is not listed enters the scope",
    ]


def test_a_unit_that_is_excluded_but_for_a_part_is_emptied_and_the_part_selected() -> None:
    steps = steps_of(((ROOT,), ()), '{include: ["OU=B,OU=A"], exclude: [OU=A], new: included}')

    assert [step.split(" ", 1)[0] for step in steps] == ["click", "select", "everything"]
    assert steps[0].startswith(f"click {A} until it is empty")
    assert steps[1].startswith(f"select {B}")
    assert steps[2] == f"everything of {A} that is not listed leaves the scope"


@pytest.mark.parametrize(
    ("live", "wanted"),
    [
        (((A, B), (ROOT,)), "{include: [OU=A], new: excluded}"),
        (((A,), (ROOT,)), '{include: [OU=A, "OU=B,OU=A"], new: excluded}'),
    ],
)
def test_a_redundant_entry_changes_no_box(
    live: tuple[tuple[str, ...], tuple[str, ...]], wanted: str
) -> None:
    (step,) = steps_of(live, wanted)

    assert step.startswith("no box changes")


def test_units_of_a_domain_that_was_not_selected_all_enter() -> None:
    tree = partition("corp.contoso.com", selected=False, inclusions=(ROOT,))
    text = "domains: {corp.contoso.com: {organizational_units: {include: [OU=A]}}}\n"
    both = sides(text, ad_connector(tree))
    kind = KINDS["organizational-units"]
    (draft,) = [item for item in find_differences(both).drafts if item.address.kind == kind.name]

    assert kind.risk(draft) is Risk.SCOPE_WIDENING
    assert [step.split(" ", 1)[0] for step in kind.instructions(draft, both.world)[1:]] == [
        "click",
        "select",
        "everything",
    ]


def test_lists_that_leave_the_domain_open_are_judged_by_the_worst_they_can_mean() -> None:
    both_lists = f'{{inclusions: ["{ROOT}"], exclusions: ["{ROOT}"]}}'
    risk, steps = units_change(((ROOT,), ()), both_lists)

    assert risk is Risk.SCOPE_SHRINKING
    assert "no box of the wizard can say" in steps


LISTED = st.lists(
    st.sampled_from([A, B, f"OU=C,{ROOT}", f"OU=D,OU=B,OU=A,{ROOT}"]), unique=True, max_size=4
)
FILTERS = st.builds(
    lambda include, exclude, new: {
        "include": [*include],
        "exclude": [name for name in exclude if name not in include],
        "new": new,
    },
    LISTED,
    LISTED,
    st.sampled_from(["included", "excluded"]),
)


@given(FILTERS, FILTERS)
def test_following_the_boxes_gives_the_wanted_scope(
    there: dict[str, Plain], wanted: dict[str, Plain]
) -> None:
    regions = regions_of(there, wanted, ROOT)
    shown = {region.name: region.before for region in regions}
    for step in box_steps(regions, "corp.contoso.com", is_new=False):
        verb, _, rest = step.partition(" ")
        if verb in {"click", "clear", "select"}:
            name = rest.split(" ")[0].replace("corp.contoso.com", ROOT)
            for below in shown:
                if below == name or below.endswith("," + name):
                    shown[below] = verb == "select"

    assert shown == {region.name: region.after for region in regions}


def test_no_box_is_cleared_where_everything_comes_in() -> None:
    _, steps = units_change(((A,), (ROOT,)), "all")

    assert "clear" not in steps


def test_units_of_a_domain_that_is_not_there_wait_for_the_domain() -> None:
    both = sides("domains:\n  new.corp.contoso.com: all\n", ad_connector())
    drafts = find_differences(both).drafts
    (draft,) = [item for item in drafts if item.address.kind == "organizational-units"]
    kind = KINDS["organizational-units"]

    assert kind.needs(draft, drafts) == (Address("domain", "corp", "new.corp.contoso.com"),)
    assert kind.operations(draft) == ()


# -- lists and switches


def test_structural_types_are_implied_on_both_sides() -> None:
    tree = ad_connector(partition("corp.contoso.com", classes=("user", "domainDNS", "container")))

    assert changed(sides("object_types: [USER, container]\n", tree)) == {}


def uneven() -> ConnectorTree:
    return ad_connector(
        partition("corp.contoso.com", classes=("user", "Group")),
        partition("emea.contoso.com", classes=("user",)),
        partition("lab.contoso.com", classes=(), selected=False),
    )


def test_partitions_that_read_different_types_are_told_and_not_written() -> None:
    both = sides("", uneven())
    reading = both.live["object-types"]

    assert reading.resources[0].fields == {
        "value": ["user"],
        "only_in_some_domains": ["Group: only in corp.contoso.com"],
    }
    (finding,) = reading.findings
    assert finding.expected == ("Group: read in corp.contoso.com, not in emea.contoso.com",)
    assert KINDS["object-types"].written(reading.resources[0], both.world) is None


@pytest.mark.parametrize(
    ("declared", "risk", "steps"),
    [
        ("[user, group]", Risk.SCOPE_WIDENING, ("select group",)),
        ("[user]", Risk.SCOPE_SHRINKING, ("clear Group",)),
        ("[group]", Risk.SCOPE_SHRINKING, ("clear user", "select group")),
    ],
)
def test_a_type_that_one_selected_partition_lost_is_a_difference(
    declared: str, risk: Risk, steps: tuple[str, ...]
) -> None:
    kind = KINDS["object-types"]
    (draft,) = find_differences(sides(f"object_types: {declared}\n", uneven())).drafts

    assert "Group: only in corp.contoso.com" in [change.before for change in draft.fields]
    assert kind.risk(draft) is risk
    assert kind.instructions(draft, worlds.nowhere())[1:] == steps


def test_the_list_is_written_for_every_domain_in_the_servers_spelling() -> None:
    kind = KINDS["object-types"]
    (draft,) = find_differences(sides("object_types: [user, group]\n", uneven())).drafts

    (operation,) = kind.operations(draft)

    assert operation.value == {"object-types": ["user", "Group"]}


def test_attribute_names_are_case_sensitive() -> None:
    both = sides("attributes: [displayName, Mail]\n", ad_connector())

    assert changed(both) == {"attribute-selection/corp": ["value", "value"]}


def test_a_selection_on_the_tenants_connector_needs_no_full_synchronization() -> None:
    both = worlds.sides(
        worlds.estate(
            worlds.document(
                DocumentType.CONNECTOR,
                "connector: entra\ntenant: contoso.onmicrosoft.com\nattributes: [mail]\n",
            )
        ),
        worlds.server({"connectors": [entra_connector()]}),
    )
    (draft,) = find_differences(both).drafts

    steps = [step.step for step in KINDS["attribute-selection"].follow_ups(draft, both.world)]

    assert steps == [Step.FULL_IMPORT]


def test_a_connector_without_the_group_parameter_says_nothing_about_a_filter() -> None:
    both = sides("group_filter: null\n", ad_connector())
    found = find_differences(both)

    assert found.drafts == []
    unread = [entry.kind for entry in found.coverage if entry.declared and entry.note]
    assert unread == ["group-filter"]


def test_an_empty_group_parameter_means_no_group_filter() -> None:
    tree = ad_connector()
    tree["parameters"]["global"]["Connector.GroupFilteringGroupDn"] = ""

    assert changed(sides("group_filter: null\n", tree)) == {}


def test_the_tenants_connector_has_neither_group_filter_nor_password_hashes() -> None:
    tree = ad_connector()
    tree["parameters"]["global"]["Connector.GroupFilteringGroupDn"] = ""
    both = sides("", tree, entra_connector())

    assert [str(item.address) for item in both.live["group-filter"].resources] == [
        "group-filter/corp"
    ]
    assert both.live["password-hash-sync"].resources == ()


def test_no_script_turns_group_filtering_on_or_off() -> None:
    change = FieldChange(path="value", before=None, after=f"CN=Pilot,{ROOT}")
    draft = draft_of("group-filter", change)

    assert KINDS["group-filter"].support_of(draft) is Support.MANUAL
    assert KINDS["group-filter"].operations(draft) == ()
    assert KINDS["group-filter"].risk(draft) is Risk.SCOPE_SHRINKING


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (f"CN=Pilot,{ROOT}", "cannot be enabled on a running server"),
        (None, "cannot be undone"),
    ],
)
def test_group_filtering_is_told_to_be_a_one_way_door(wanted: Plain, told: str) -> None:
    before = f"CN=Pilot,{ROOT}" if wanted is None else None
    draft = draft_of("group-filter", FieldChange(path="value", before=before, after=wanted))

    assert told in "\n".join(KINDS["group-filter"].instructions(draft, worlds.nowhere()))


def test_the_service_manager_is_told_the_servers_own_name_of_the_connector() -> None:
    document = worlds.document(
        DocumentType.CONNECTOR,
        "connector: hq\nforest: corp.contoso.com\nattributes: [mail]\nobject_types: [group]\n",
    )
    tree = ad_connector(partition("corp.contoso.com"))
    both = worlds.sides(worlds.estate(document), worlds.server({"connectors": [tree]}))
    drafts = find_differences(both).drafts
    pages = [KINDS[item.address.kind].instructions(item, both.world)[0] for item in drafts]

    assert len(pages) == 2
    assert all("Connectors → corp.contoso.com → Properties" in page for page in pages)


def test_the_cmdlet_for_password_hashes_has_the_servers_own_names() -> None:
    tree = ad_connector(forest="corp.o'brien.example")
    tree["password_hash_sync"] = {"enabled": False, "target": "x"}
    document = worlds.document(
        DocumentType.CONNECTOR,
        "connector: corp\nforest: corp.o'brien.example\npassword_hash_sync: enabled\n",
    )
    server = worlds.server({"connectors": [tree, entra_connector()]})
    both = worlds.sides(worlds.estate(document), server)
    (draft,) = find_differences(both).drafts

    (line,) = KINDS["password-hash-sync"].instructions(draft, both.world)

    assert "-SourceConnector 'corp.o''brien.example'" in line
    assert "-TargetConnector 'contoso.onmicrosoft.com - AAD' -Enable $true" in line


def test_preferred_domain_controllers_are_unread_in_an_export_and_never_different() -> None:
    text = "domains:\n  corp.contoso.com: {preferred_domain_controllers: [dc1.corp.contoso.com]}\n"
    server = worlds.server(
        {"connectors": [ad_connector(partition("corp.contoso.com"))]},
        states={Part.PREFERRED_DOMAIN_CONTROLLERS: State.ABSENT},
    )
    found = find_differences(worlds.sides(worlds.estate(corp(text)), server))

    assert found.drafts == []
    assert [
        item.state for item in found.coverage if item.kind == "preferred-domain-controllers"
    ] == [State.ABSENT]


def test_an_empty_list_of_preferred_domain_controllers_is_not_written() -> None:
    tree = partition("corp.contoso.com")
    tree["preferred_domain_controllers"] = []
    both = sides("", ad_connector(tree))
    (live,) = both.live["preferred-domain-controllers"].resources

    assert KINDS["preferred-domain-controllers"].written(live, both.world) is None


def test_normal_names_are_what_units_are_compared_by() -> None:
    comparison = KINDS["organizational-units"].fields["include"]

    assert comparison.normal(["ou=A, dc=contoso"]) == [normal_dn("OU=a,DC=contoso")]


def draft_of(kind: str, *changes: FieldChange) -> Draft:
    return Draft(
        address=Address(kind, "corp"),
        name=kind,
        action=Action.UPDATE,
        fields=changes,
        desired=None,
        live=None,
    )
