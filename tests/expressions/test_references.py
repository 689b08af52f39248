"""What an expression reads."""

from __future__ import annotations

from reconciler.expressions.parsing import parse
from reconciler.expressions.references import (
    attribute_references,
    bracketed_attributes,
    functions,
    named_attributes,
    parameters,
)

TREE = parse(
    'IIF([mail] = [cn], ImportedValue("proxyAddresses"), [mail]) & %Domain.FQDN% & '
    'CStr(ValueCount("member")) & %Forest.FQDN% & %Domain.FQDN% & IIF([dn] = ImportedValue("dn"), '
    "[sn], NULL)"
)


def test_attributes_are_listed_once_by_first_appearance() -> None:
    assert attribute_references(TREE) == ("mail", "cn", "proxyAddresses", "member", "dn", "sn")


def test_bracketed_and_named_attributes_are_told_apart() -> None:
    assert bracketed_attributes(TREE) == ("mail", "cn", "dn", "sn")
    assert named_attributes(TREE) == ("proxyAddresses", "member", "dn")


def test_parameters_and_functions_are_listed_once() -> None:
    assert parameters(TREE) == ("Domain.FQDN", "Forest.FQDN")
    assert functions(TREE) == ("IIF", "ImportedValue", "CStr", "ValueCount")


def test_only_a_text_given_to_a_name_taking_function_names_an_attribute() -> None:
    assert named_attributes(parse('ImportedValue("a\\"b")')) == ('a"b',)
    assert named_attributes(parse("ImportedValue([mail])")) == ()
    assert named_attributes(parse("ImportedValue()")) == ()
    assert named_attributes(parse('Trim("mail")')) == ()
