"""The rules of the house: sizes, names, docstrings, tidy files. Purity has a module of its own."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.architecture.sources import (
    Source,
    iter_definitions,
    iter_public_definitions,
    list_project_files,
    parse_source,
    read_sources,
)
from tests.counterparts import ROOT

MOST_LINES_OF_A_MODULE = 400
MOST_LINES_OF_A_FUNCTION = 60

LARGE_MODULES: Mapping[str, str] = MappingProxyType({})
"""Modules that may be longer, each with the reason."""

BANNED_WORDS = frozenset(
    "manager managers handler handlers helper helpers util utils utility utilities common misc base"
    " context controller controllers processor processors wrapper wrappers perform tmp my".split()
)

TERMS_OF_THE_FIELD = re.compile(r"domain_?controllers?", re.IGNORECASE)

MACHINE_PATH = re.compile(r"(?<![\w.:/~*}$-])/(?:work|root|home|tmp)/[\w.]")
# Spelled in parts, so that this file does not break its own rule.
REGISTRY_HOSTS = tuple(
    ".".join(parts)
    for parts in [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("deb", "debian", "org"),
        ("proxy", "golang", "org"),
    ]
)


def find_long_functions(source: Source) -> list[str]:
    return [
        f"{source.name}:{node.lineno} {node.name}"
        for node in iter_definitions(source.tree)
        if not isinstance(node, ast.ClassDef)
        and (node.end_lineno or 0) - node.lineno >= MOST_LINES_OF_A_FUNCTION
    ]


def find_banned_names(source: Source) -> list[str]:
    modules = list(source.path.relative_to(ROOT).with_suffix("").parts)
    names = modules + [node.name for node in iter_definitions(source.tree)]
    return [f"{source.name} {name}" for name in names if BANNED_WORDS & split_words(name)]


def split_words(name: str) -> set[str]:
    """Return the lower-case words of a snake_case or CamelCase name, without the field's terms."""
    own = TERMS_OF_THE_FIELD.sub("", name)
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", own)
    return {word for word in re.split(r"[^A-Za-z0-9]+", spaced.lower()) if word}


def find_undocumented(source: Source) -> list[str]:
    missing = [] if ast.get_docstring(source.tree) else [f"{source.name} (module)"]
    missing += [
        f"{source.name}:{node.lineno} {node.name}"
        for node in iter_public_definitions(source.tree.body)
        if not ast.get_docstring(node) and not is_overload(node)
    ]
    return missing


def is_overload(node: ast.AST) -> bool:
    decorators = getattr(node, "decorator_list", [])
    return any(isinstance(item, ast.Name) and item.id == "overload" for item in decorators)


def find_foreign_places(text: str) -> list[str]:
    places = [match.group() for match in MACHINE_PATH.finditer(text)]
    return places + [host for host in REGISTRY_HOSTS if host in text]


def is_tidy_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return "\0" not in text


def test_no_module_is_longer_than_a_reader_bears() -> None:
    long = {
        source.name: source.text.count("\n")
        for source in read_sources()
        if source.text.count("\n") > MOST_LINES_OF_A_MODULE
    }

    assert {name: lines for name, lines in long.items() if name not in LARGE_MODULES} == {}
    assert set(LARGE_MODULES) <= set(long), "a module on the list has become short enough"


def test_no_function_is_longer_than_a_screen() -> None:
    assert [found for source in read_sources() for found in find_long_functions(source)] == []


def test_names_exclude_something() -> None:
    assert [found for source in read_sources() for found in find_banned_names(source)] == []


def test_every_module_and_every_public_name_states_its_promise() -> None:
    assert [found for source in read_sources() for found in find_undocumented(source)] == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): places
        for path in list_project_files()
        if (places := find_foreign_places(path.read_text(encoding="utf-8", errors="replace")))
    }

    assert found == {}


def test_every_file_is_text() -> None:
    untidy = [
        path.relative_to(ROOT).as_posix()
        for path in list_project_files()
        if not is_tidy_text(path.read_bytes())
    ]

    assert untidy == []


def test_a_function_of_61_lines_is_found() -> None:
    body = "    pass\n" * 60

    assert find_long_functions(parse_source(f"def short():\n{body[9:]}")) == []
    assert find_long_functions(parse_source(f"def long():\n{body}"))


@pytest.mark.parametrize(
    ("name", "banned"),
    [
        ("RuleManager", True),
        ("read_common_rules", True),
        ("HTTPHandler", True),
        ("ScopeController", True),
        ("PreferredDomainControllers", False),
        ("baseline", False),
        ("ManagerialUnit", False),
    ],
)
def test_banned_words_count_as_whole_words(name: str, *, banned: bool) -> None:
    assert bool(find_banned_names(parse_source(f"class {name}: pass"))) is banned


def test_a_banned_word_in_a_module_name_is_found() -> None:
    source = parse_source("", path=ROOT / "reconciler" / "model" / "utils.py")

    assert find_banned_names(source)


def test_a_missing_docstring_is_found_at_module_class_and_method() -> None:
    text = "class A:\n    def b(self): ...\n    def _c(self): ...\ndef d(): ...\n"

    assert len(find_undocumented(parse_source(text))) == 4


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("see /" + "work/main", True),
        ("open('/" + "root/.ssh')", True),
        ("https://files.pythonhosted." + "org/x", True),
        ("desired-state/home/rules", False),
        ("https://contoso.example/home/page", False),
    ],
)
def test_foreign_places_are_told_from_ordinary_text(text: str, *, foreign: bool) -> None:
    assert bool(find_foreign_places(text)) is foreign


@pytest.mark.parametrize("content", [b"\xff\xfea\0", b"a\0b", b"caf\xe9"])
def test_what_is_not_text_is_found(content: bytes) -> None:
    assert not is_tidy_text(content)


def test_the_project_has_files_and_modules_to_look_at() -> None:
    assert Path(ROOT / "pyproject.toml") in list_project_files()
    assert len(read_sources()) > 10
