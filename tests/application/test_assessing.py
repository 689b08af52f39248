"""What runs today is accepted; what git introduces is judged (decision A13)."""

from __future__ import annotations

from pathlib import Path

import pytest

from reconciler.application.assembly.reading import assess_environment, open_tree
from reconciler.application.assessing import Assessment, refuse_invalid, schemas_by_alias
from reconciler.application.exits import Exit
from reconciler.application.refusals import Refusal
from reconciler.application.validate import validate
from reconciler.kinds.naming import name_connectors
from reconciler.model.findings import Severity
from tests.application.folders import RULE, import_into, write_export
from tests.live.exports import AD, flow_xml
from tests.plan.estates import live

UNREAD = flow_xml(source="<src><attr>title</attr></src>")
"""A flow of an attribute that the connector does not read."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    import_into(tmp_path / "ds", write_export(tmp_path / "export", flows=UNREAD))
    return tmp_path / "ds"


def assessed(root: Path) -> Assessment:
    return assess_environment(open_tree(str(root)), "prod")


def severities(found: Assessment) -> set[Severity]:
    return {finding.severity for finding in found.findings}


def test_a_violation_that_runs_today_is_a_warning(root: Path) -> None:
    found = assessed(root)

    assert severities(found) == {Severity.WARNING}
    assert found.is_valid
    assert all("as found on sync01" in str(finding) for finding in found.findings)


def test_the_same_violation_without_a_recording_is_an_error(root: Path) -> None:
    (root / "prod/recorded/sync01.json").unlink()

    found = assessed(root)

    assert Severity.ERROR in severities(found)
    assert not found.is_valid
    with pytest.raises(Refusal) as refused:
        refuse_invalid(found)
    assert refused.value.exit_code is Exit.INVALID
    assert refused.value.findings == found.findings


def test_a_violation_that_git_alters_is_an_error(root: Path) -> None:
    path = root / "prod" / RULE
    path.write_text(path.read_text(encoding="utf-8").replace("title", "manager"))

    assert not assessed(root).is_valid


def test_without_a_recording_the_checks_that_need_a_schema_are_skipped(root: Path) -> None:
    assert assessed(root).skipped == ()
    (root / "prod/recorded/sync01.json").unlink()

    assert assessed(root).skipped


def test_documents_that_cannot_be_read_are_not_checked(root: Path) -> None:
    (root / "prod/server.yaml").write_text("scheduler: [", encoding="utf-8")

    found = assessed(root)

    assert (found.is_valid, found.is_checked) == (False, False)


def test_a_recording_of_another_server_belongs_to_nobody(root: Path) -> None:
    (root / "prod/recorded/sync01.json").rename(root / "prod/recorded/x.json")
    text = (root / "prod/recorded/x.json").read_text(encoding="utf-8")
    (root / "prod/recorded/x.json").write_text(text.replace('"SYNC01"', '"OTHER"'))

    assert assessed(root).recordings == {}


def test_schemas_are_found_by_alias() -> None:
    schema = {"attributes": {"mail": "string"}, "classes": ["user"]}
    server = live(schemas={"metaverse": schema, AD: schema})
    connector = {**server.tree["connectors"][0], "identifier": AD}
    server = live(schemas=server.tree["schemas"], connectors=[connector])

    assert schemas_by_alias(name_connectors(server, None), server) == {
        "metaverse": schema,
        "corp": schema,
    }


def test_validate_looks_at_every_environment(root: Path) -> None:
    second = root / "test/environment.yaml"
    second.parent.mkdir()
    second.write_text("environment: test\nservers: {}\nfoo: 1\n", encoding="utf-8")

    whole, one = validate(str(root), ()), validate(str(root), ("prod",))

    assert whole.environments == ("prod", "test")
    assert (whole.exit_code, one.exit_code) == (Exit.INVALID, Exit.DONE)
    assert {*one.findings} < {*whole.findings}


def test_a_folder_without_an_environment_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        validate(str(tmp_path), ())

    assert refused.value.exit_code is Exit.USAGE
