"""Documents as files: the bad ones say in their first lines which findings they deserve."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from reconciler.desired.codes import Code
from reconciler.desired.loading import read_document
from reconciler.desired.schema_checking import DocumentSchema
from reconciler.desired.yaml_reading import read_yaml
from reconciler.model.findings import Finding
from reconciler.model.nodes import Plain

DOCUMENTS = Path(__file__).parent / "documents"
BAD = sorted((DOCUMENTS / "bad").glob("*.yaml"))
GOOD = sorted((DOCUMENTS / "good").glob("*.yaml"))
SCHEMA = DocumentSchema(
    json.loads((DOCUMENTS / "rule.schema.json").read_text("utf-8")), name="rule"
)
ELSEWHERE = {
    Code.UNKNOWN_FILE,
    Code.UNREADABLE_FILE,
    Code.MISSING_ENVIRONMENT,
    Code.TOO_LARGE,
    Code.NOT_UTF8,
    Code.BINARY,
    Code.MORE_PROBLEMS,
    Code.SECRET_RECORDED,
}
"""Codes that no text file alone provokes: see test_loading and test_yaml_reading."""


def findings_of(data: bytes) -> tuple[Finding, ...]:
    return read_document(data, file="rule.yaml", schema=SCHEMA)[1]


def expected_of(data: bytes) -> list[str]:
    return sorted(
        re.findall(r"^# expect: (RC\d{4} at \d+:\d+)$", data.decode("latin-1"), re.MULTILINE)
    )


def places_of(findings: Sequence[Finding]) -> list[str]:
    return sorted(
        f"{finding.code} at {finding.place.line}:{finding.place.column}"
        for finding in findings
        if finding.place
    )


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_document_gets_exactly_the_findings_that_it_deserves(path: Path) -> None:
    data = path.read_bytes()

    assert places_of(findings_of(data)) == expected_of(data)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_the_parser_without_libyaml_finds_the_same_codes(path: Path) -> None:
    data = path.read_bytes()
    _, findings = read_yaml(data, file="a")
    _, slow_findings = read_yaml(data, file="a", with_libyaml=False)

    assert [each.code for each in slow_findings] == [each.code for each in findings]


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_finding_is_worded_as_the_house_words_them(path: Path) -> None:
    for finding in findings_of(path.read_bytes()):
        first = finding.what.split()[0]
        assert not finding.what.endswith((".", "!"))
        assert "\n" not in finding.what
        assert first == first.lower()
        assert finding.expected or finding.remedy
        assert not re.search(r"\bplease\b|\binvalid\b|\^\[", finding.what + finding.remedy)


def test_every_code_is_provoked_by_a_document_or_named_as_tested_elsewhere() -> None:
    provoked = {line.split()[0] for path in BAD for line in expected_of(path.read_bytes())}

    assert {code.value for code in Code} == (provoked | ELSEWHERE) - {"RC1299"}


def test_codes_are_explained_and_never_reused() -> None:
    assert len({code.value for code in Code}) == len(Code.__members__)
    assert all(code.meaning and not code.meaning.endswith(".") for code in Code)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
@pytest.mark.parametrize("with_libyaml", [True, False])
def test_a_good_document_is_read_without_findings(path: Path, with_libyaml: bool) -> None:
    document, findings = read_yaml(path.read_bytes(), file="a", with_libyaml=with_libyaml)

    assert findings == ()
    assert document is not None
    assert document.plain() == READINGS[path.stem]


READINGS: dict[str, Plain] = {
    "scalars": {
        "country": "NO",
        "switch": "on",
        "capital": "True",
        "nothing": "Null",
        "hexadecimal": "0x2",
        "grouped": "1_000",
        "leading": "01",
        "date": "2026-02-03",
        "time": "12:30:00",
        "version": "2.5.190.0",
        "exponent": "1e5",
        "true": True,
        "no": False,
        "none": None,
        "number": 50,
        "negative": -7,
        "fraction": 1.5,
        "quoted": "50",
        "single": "it's",
        "unicode": "Zürich – 東京 😀",
        "path": "CORP\\svc-sync",
    },
    "blocks": {
        "expression": 'IIF(IsPresent([a]),\n\tLeft([a], 1),\n\n  "b: # no comment")',
        "folded": "one two",
        "tabs": "a\tb",
        "list": ["a", "b"],
    },
    "byte-order-mark-and-crlf": {"rule": "a", "names": ["OU=A,DC=b", "OU=C"]},
}
