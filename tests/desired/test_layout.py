"""Promises of `desired.layout` and `desired.slugs`: what a file is, and what it is called."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.desired.codes import Code
from reconciler.desired.layout import document_type, is_known, path_for, unknown_file
from reconciler.desired.slugs import LONGEST, slug, unique_slugs
from reconciler.model.estates import DocumentType

names = st.text(max_size=120) | st.text(alphabet="aA1- ø", max_size=100)


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ("environment.yaml", DocumentType.ENVIRONMENT),
        ("connections.yaml", DocumentType.CONNECTIONS),
        ("server.yaml", DocumentType.SERVER),
        ("connectors/corp.yaml", DocumentType.CONNECTOR),
        ("rules/in-from-ad.yaml", DocumentType.SYNC_RULE),
        ("rules/default.yaml", DocumentType.SYNC_RULE),
        ("rules/default/corp/in-from-ad.yaml", DocumentType.DEFAULT_RULE),
    ],
)
def test_the_path_says_which_document_it_is(path: str, type_: DocumentType) -> None:
    assert document_type(path) is type_
    assert is_known(path)


@pytest.mark.parametrize(
    "path",
    [
        "README.md", "rules/README.md", ".gitkeep", "connectors/.gitkeep", ".DS_Store",
        "recorded/sync01.corp.contoso.com.json", "export/sync01/Connectors/x.xml", "tests/a.yaml",
    ],
)  # fmt: skip
def test_other_files_that_belong_here_are_known_and_no_documents(path: str) -> None:
    assert document_type(path) is None
    assert is_known(path)


@pytest.mark.parametrize(
    ("path", "likely"),
    [
        ("enviroment.yaml", "environment.yaml"),
        ("Server.yaml", "server.yaml"),
        ("environment.yml", "environment.yaml"),
        ("rules/hr.yml", "rules/hr.yaml"),
        ("rules/HR.YAML", "rules/hr.yaml"),
        ("rule/hr.yaml", "rules/hr.yaml"),
        ("connector/corp.yaml", "connectors/corp.yaml"),
        ("rules/people/hr.yaml", "rules/hr.yaml"),
        ("rules/default/hr.yaml", "rules/default/<alias>/hr.yaml"),
        ("tenant.yaml", None),
        ("notes.txt", None),
        ("recorded/notes.txt", None),
        ("rules/.hr.yaml", None),
    ],
)
def test_an_unknown_file_is_a_finding_with_the_path_that_was_meant(
    path: str, likely: str | None
) -> None:
    found = unknown_file(path, file=f"desired-state/prod/{path}")

    assert not is_known(path)
    assert found.code == Code.UNKNOWN_FILE
    assert found.remedy == (
        f'did you mean "{likely}"?' if likely else "move it, or keep it outside"
    )


@pytest.mark.parametrize("type_", list(DocumentType))
@given(alias=names, name=names)
def test_the_path_of_a_new_document_is_recognised_as_one(
    type_: DocumentType, alias: str, name: str
) -> None:
    path = path_for(type_, alias=alias, name=name)

    assert document_type(path) is type_
    assert path_for(type_, alias=slug(alias), name=slug(name)) == path


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("In from AD - User - HR cost centre", "in-from-ad-user-hr-cost-centre"),
        ("In/Out: 100%", "in-out-100"),
        ("Größe & Zürich", "grosse-zurich"),
        ("Łódź Ærø", "lodz-aero"),
        ("Bob’s rule", "bobs-rule"),
        ("CON", "x-con"),
        ("lpt1", "x-lpt1"),
        ("../../etc/passwd", "etc-passwd"),
        ("x" * 79 + " y", "x" * 79),
    ],
)
def test_a_slug_is_what_one_would_type(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_a_name_without_ascii_letters_keeps_a_slug_of_its_own() -> None:
    assert slug("東京") != slug("大阪")
    assert re.fullmatch(r"name-[0-9a-f]{8}", slug("東京"))


@given(names)
def test_a_slug_fits_every_file_system(name: str) -> None:
    made = slug(name)

    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", made)
    assert len(made) <= LONGEST
    assert made not in {"con", "nul", "aux", "prn", "com1"}
    assert slug(made) == made


@given(st.lists(names, max_size=12))
def test_every_name_gets_a_slug_of_its_own_whatever_the_order(given_names: list[str]) -> None:
    made = unique_slugs(given_names)

    assert made == unique_slugs(reversed(given_names))
    assert set(made) == set(given_names)
    assert len(set(made.values())) == len(made)
    assert all(len(each) <= LONGEST and slug(each) == each for each in made.values())


def test_a_suffix_never_takes_the_slug_of_another_name() -> None:
    assert unique_slugs(["HR", "hr", "hr 2"]) == {"HR": "hr", "hr": "hr-3", "hr 2": "hr-2"}
