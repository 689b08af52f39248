"""What reports say and leave out, apart from how they look."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from reconciler.model.addresses import Address
from reconciler.model.changes import Action
from reconciler.model.findings import Severity
from reconciler.model.nodes import Plain
from reconciler.model.places import Place
from reconciler.model.plans import KindCoverage, ServerFacts, Unmanaged
from reconciler.model.snapshots import State
from reconciler.plan.encoding import encode_finding
from reconciler.report.findings_text import MOST_SHOWN, render_findings
from reconciler.report.github_annotations import render_annotations
from reconciler.report.machine import to_json
from reconciler.report.markdown import LEAST_LIMIT, render_markdown
from reconciler.report.outline import drift_outline, lineage_outline, plan_outline, server_words
from reconciler.report.outline.differences import MOST_FIELDS, MOST_MEMBERS
from reconciler.report.outline.findings import MOST_EXPECTED, MOST_FINDINGS
from reconciler.report.outline.titles import titles_of
from reconciler.report.sarif import render_sarif
from reconciler.report.terminal import render_terminal
from tests.report.estates import (
    COVERAGE,
    DEPARTMENT,
    LIVELY,
    NOW,
    SERVER,
    change,
    field,
    finding,
    plan,
    rule,
)


def text_of_plan(*args: object, **options: object) -> str:
    outline = plan_outline(plan(*args, **options), now=NOW)  # type: ignore[arg-type]
    return render_terminal(outline, width=118, colour=False)


def test_the_summary_is_the_last_line() -> None:
    lines = render_terminal(plan_outline(LIVELY), width=118, colour=False).splitlines()

    assert lines[-1].startswith("Plan: 1 to create, 4 to update, 1 to delete, 1 by hand.")


def test_a_plan_that_could_not_see_everything_does_not_claim_to_be_in_order() -> None:
    damaged = KindCoverage(kind="sync-rule", server=SERVER, state=State.DAMAGED)

    assert "as git declares it" in text_of_plan(coverage=COVERAGE)
    assert "as git declares it" not in text_of_plan(coverage=[damaged])
    assert "Plan: no changes. 1 kind not read." in text_of_plan(coverage=[damaged])


def test_what_git_does_not_declare_may_be_absent_without_a_noise() -> None:
    absent = KindCoverage(kind="audit-logging", server=SERVER, state=State.ABSENT)
    declared = KindCoverage(kind="audit-logging", server=SERVER, state=State.ABSENT, declared=True)

    assert "not read:" not in text_of_plan(coverage=[absent])
    assert "! not read: administrator audit logging" in text_of_plan(coverage=[declared])


def test_a_note_on_a_kind_is_told_where_the_kind_changes() -> None:
    scheduler = change(Address("scheduler"), name="scheduler", fields=[field("interval", "1", "2")])

    assert "customized or the effective" in text_of_plan(scheduler, coverage=COVERAGE)
    assert "customized or the effective" not in text_of_plan(coverage=COVERAGE)


def test_coverage_of_several_servers_names_them() -> None:
    other = KindCoverage(kind="sync-rule", server="sync02", state=State.READ)

    text = text_of_plan(coverage=[*COVERAGE, other])

    assert "coverage   sync01.corp.contoso.com: 3 of 5 kinds read" in text
    assert "sync02: 1 of 1 kinds read" in text


def test_more_fields_than_a_reader_bears_are_counted() -> None:
    fields = [field(f"flows.a{number}.merge", "update", "merge") for number in range(60)]

    text = text_of_plan(change(rule("A"), fields=fields))

    assert f"… and {60 - MOST_FIELDS} more fields" in text
    assert text.count("→") == MOST_FIELDS


def test_a_created_thing_shows_no_empty_fields() -> None:
    created = change(
        rule("A"),
        action=Action.CREATE,
        fields=[
            field("description", None, ""),
            field("disabled", False, True),
            field("flows", {}, {}),
            field("link", None, "join"),
        ],
    )

    text = text_of_plan(created)

    assert "description" not in text
    assert "flows" not in text
    assert "      disabled   true\n      link       join\n" in text


def test_a_deleted_thing_shows_what_it_was() -> None:
    deleted = change(
        rule("A"),
        action=Action.DELETE,
        fields=[field("description", "Old", ""), field("disabled", True, False)],
    )

    assert "      description   Old\n      disabled      true\n" in text_of_plan(deleted)


def test_an_update_that_empties_a_field_shows_it() -> None:
    emptied = change(rule("A"), fields=[field("description", "Old", "")])

    assert '      description   Old  →  ""' in text_of_plan(emptied)


def test_the_targets_of_a_plan_are_told() -> None:
    asked = plan(change(rule("A")))
    selection = type(asked.selection)(
        server=SERVER, targets=tuple(rule(name) for name in ("A", "B", "C", "D"))
    )
    whole = {name: getattr(asked, name) for name in type(asked).__slots__}

    facts = plan_outline(type(asked)(**{**whole, "selection": selection})).facts

    assert facts[-1] == "only sync-rule/corp/A, sync-rule/corp/B, sync-rule/corp/C, … and 1 more"


def test_a_server_without_time_or_build_says_so() -> None:
    server = ServerFacts(
        name="sync02", role="staging", build=None, read_at=None, kind_of_source="export"
    )

    assert server_words(server, now=NOW) == "sync02 (staging) · exported at an unknown time"


def test_unmanaged_things_of_several_kinds_are_counted_together() -> None:
    things = [
        Unmanaged(address=Address(kind, "corp", str(number)), name=str(number), server=SERVER)
        for number in range(15)
        for kind in ("sync-rule", "domain")
    ]

    assert "… and 10 more unmanaged things" in text_of_plan(unmanaged=things)


def test_findings_beyond_measure_are_counted_and_errors_come_first() -> None:
    warnings = [finding(what=f"warning {number}") for number in range(MOST_FINDINGS)]
    error = finding("RC4202", what="two rules", severity=Severity.ERROR)

    text = text_of_plan(findings=[*warnings, error])

    assert text.index("two rules") < text.index("warning 0")
    assert "… and 1 more finding" in text


def test_a_finding_with_a_long_explanation_is_folded() -> None:
    long = finding(expected=tuple(f"line {number}" for number in range(MOST_EXPECTED + 3)))

    assert "… and 3 more lines" in text_of_plan(findings=[long])


def test_drift_reads_from_the_live_side() -> None:
    missing = change(rule("Missing"), action=Action.CREATE)
    extra = change(rule("Extra"), action=Action.DELETE)

    text = render_terminal(drift_outline(plan(missing, extra)), width=118, colour=False)

    assert '- rule "Missing"   only in git' in text
    assert '+ rule "Extra"     only on the server' in text
    assert "Drift: 0 different, 1 only on the server, 1 only in git." in text


def test_markdown_folds_details_before_lines_and_the_last_first() -> None:
    changes = [
        change(rule(f"R{number:03}"), fields=[field("description", "old " * 60, "new " * 60)])
        for number in range(200)
    ]

    text = render_markdown(plan_outline(plan(*changes)), limit=20_000)
    tiny = render_markdown(plan_outline(plan(*changes)), limit=LEAST_LIMIT)

    assert text.index("<details><summary><code>~ rule &quot;R000") < text.index('`rule "R199"`')
    assert "more change" not in text
    assert "<details>" not in tiny
    assert "more changes*" in tiny


def test_the_heaviest_risk_comes_first_in_markdown() -> None:
    text = render_markdown(plan_outline(LIVELY))

    assert text.index("password hash synchronization") < text.index("In from AD - User - Guests")
    assert "7 changes, heaviest risk: security" in text.splitlines()[0]


def test_a_limit_without_room_for_the_counts_is_refused() -> None:
    with pytest.raises(ValueError, match="4000"):
        render_markdown(plan_outline(LIVELY), limit=LEAST_LIMIT - 1)


def test_the_outcome_of_a_validation_follows_from_its_findings() -> None:
    warning = finding(place=Place("prod/server.yaml", 3))

    assert render_findings(()) == "no problems; the desired state is valid\n"
    assert render_findings([warning]).endswith("1 warning in 1 file; the desired state is valid\n")
    assert render_findings([warning], outcome="imported").endswith("1 file; imported\n")


def test_findings_of_a_broken_tree_end_with_their_number() -> None:
    many = [
        finding(severity=Severity.ERROR, place=Place("prod/server.yaml", number + 1))
        for number in range(MOST_SHOWN + 7)
    ]

    text = render_findings(many)

    assert "… and 7 more findings" in text
    assert text.endswith("507 problems in 1 file; nothing was planned\n")


def test_annotations_keep_the_last_place_for_the_number_of_the_rest() -> None:
    many = [
        finding(severity=Severity.ERROR, place=Place("./prod/server.yaml", number + 1, 2))
        for number in range(25)
    ]

    lines = render_annotations(many).splitlines()

    assert len(lines) == 10
    assert lines[0].startswith("::error file=prod/server.yaml,line=1,col=2,title=RC2104::")
    assert lines[-1] == "::error::… and 16 more findings"


def test_a_message_of_percent_signs_and_colons_survives_a_workflow_command() -> None:
    odd = finding(what="100%: a,b", place=Place("prod/a,b:c.yaml", 1), remedy="write 50%")

    assert render_annotations([odd]) == (
        "::warning file=prod/a%2Cb%3Ac.yaml,line=1,title=RC2104::100%25: a,b%0Awrite 50%25\n"
    )


def test_sarif_explains_its_rules_and_keeps_the_worst_level() -> None:
    found = [
        finding("RC1203", place=Place("prod/a b.yaml", 3, 5)),
        finding("RC1203", place=Place("prod/a b.yaml", 9), severity=Severity.ERROR),
        finding("RC1001", place=Place("prod/z.yaml")),
        finding("RC4202", address=rule("Twin")),
    ]

    log = json.loads(
        render_sarif(found, version="0.1.0", descriptions={"RC1203": "An operator is unknown."})
    )

    run = log["runs"][0]
    rules = {one["id"]: one for one in run["tool"]["driver"]["rules"]}
    assert rules["RC1203"]["defaultConfiguration"]["level"] == "error"
    assert rules["RC1203"]["shortDescription"]["text"] == "An operator is unknown."
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    assert [place["region"] for place in places] == [
        {"startLine": 9},
        {"startLine": 3, "startColumn": 5},
        {"startLine": 1},
    ]
    assert places[0]["artifactLocation"] == {"uri": "prod/a%20b.yaml", "uriBaseId": "%SRCROOT%"}
    notices = run["invocations"][0]["toolExecutionNotifications"]
    assert notices[0]["message"]["text"].startswith("sync-rule/corp/Twin: something is wrong")


def test_a_finding_keeps_its_fingerprint_when_its_line_moves() -> None:
    prints = [
        json.loads(render_sarif([finding(place=Place("a.yaml", line))], version="0"))["runs"][0][
            "results"
        ][0]["partialFingerprints"]
        for line in (3, 30)
    ]

    assert prints[0] == prints[1]


def test_a_file_outside_the_checkout_has_an_absolute_uri() -> None:
    log = json.loads(render_sarif([finding(place=Place("/srv/a.yaml", 1))], version="0"))

    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "file:///srv/a.yaml"}


def test_more_results_than_the_service_keeps_are_counted() -> None:
    many = [finding(place=Place("a.yaml", number + 1)) for number in range(5003)]

    run = json.loads(render_sarif(many, version="0"))["runs"][0]

    assert len(run["results"]) == 5000
    notices = run["invocations"][0]["toolExecutionNotifications"]
    assert notices[-1]["message"]["text"] == "… and 3 more findings"


def test_a_finding_in_json_has_every_member() -> None:
    bare = encode_finding(finding())
    full = encode_finding(finding(place=Place("a.yaml", 1, 2), address=rule("A"), expected=("x",)))

    assert bare["place"] is None
    assert bare["address"] is None
    assert full["place"] == {"file": "a.yaml", "line": 1, "column": 2, "element": ""}
    assert full["address"] == "sync-rule/corp/A"
    assert bare.keys() == full.keys()


def test_json_shows_letters_and_escapes_what_acts() -> None:
    assert to_json({"b": "Ü\u202e\x1b\U000e0041", "a": 1}) == (
        '{\n  "a": 1,\n  "b": "Ü\\u202e\\u001b\\udb40\\udc41"\n}\n'
    )


def test_json_has_no_room_for_what_is_no_number() -> None:
    with pytest.raises(ValueError, match="JSON"):
        to_json(float("nan"))


def test_a_marked_word_keeps_its_mark_where_lines_repeat() -> None:
    word = "extensionAttribute7 "
    longer = change(rule("A"), fields=[field("description", word * 3 + "end", word * 7 + "end")])

    text = render_terminal(plan_outline(plan(longer)), width=60, colour=True)

    marked = [line for line in text.splitlines() if "\x1b[1;4;32m" in line]
    assert len(marked) == 3
    assert sum(line.count("extensionAttribute7") for line in marked) == 5


def test_long_lists_are_folded_with_their_number_in_every_form() -> None:
    conditions: list[Plain] = [
        {"attribute": f"a{number}", "operator": "ISNULL"} for number in range(20)
    ]
    fields = [
        field("scope[0]", conditions, None),
        *(field("exclude", f"OU={number}", None, "member") for number in range(20)),
    ]
    outline = plan_outline(plan(change(rule("A"), fields=fields)))

    text = render_terminal(outline, width=118, colour=False)

    assert text.count(f"- … and {20 - MOST_MEMBERS} more\n") == 2
    assert render_markdown(outline).count(f"- … and {20 - MOST_MEMBERS} more\n") == 2


def test_a_flow_in_many_scope_groups_is_folded() -> None:
    groups = tuple(f"c EQUAL {number}" for number in range(15))
    contribution = replace(DEPARTMENT[0].contributions[0], scope=groups)
    lineage = replace(DEPARTMENT[0], contributions=(contribution,))

    text = render_terminal(lineage_outline([lineage], environment="prod"), width=118, colour=False)

    assert "… and 3 more scope groups" in text


def test_two_settings_of_one_name_without_connector_stay_as_they_are() -> None:
    things = [(Address("scheduler"), "scheduler"), (Address("scheduler", "", "x"), "scheduler")]

    assert set(titles_of(things).values()) == {"scheduler"}
