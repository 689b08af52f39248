"""
Schema findings: what jsonschema objects to, as findings with a place and a remedy.

A schema may say it better: `x-message` (expected, remedy) and `x-code` beside a keyword win.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from reconciler.desired.codes import Code
from reconciler.desired.equality import frozen
from reconciler.desired.schema_alternatives import Verdict, judged
from reconciler.desired.schema_wording import (
    alternatives,
    counted,
    found,
    listed,
    named,
    shape,
    shown,
    type_name,
)
from reconciler.desired.suggestions import did_you_mean
from reconciler.model.findings import Concern, Finding, Severity
from reconciler.model.nodes import Node, Plain
from reconciler.model.places import Place

if TYPE_CHECKING:
    from jsonschema import ValidationError

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
_ENOUGH_TO_LIST = 40


def finding_of(error: ValidationError, *, document: Node, see: str) -> Iterator[Finding]:
    """Yield the findings of one error: several for unknown keys and for the best alternative."""
    fault = _Fault(error, document, see)
    if isinstance(error.instance, str) and isinstance(fault.node.value, Mapping):
        yield _key_form(fault, error.instance)
    else:
        yield from _EXPLAIN.get(str(error.validator), _any_other)(fault)


@dataclass(frozen=True, slots=True)
class _Fault:
    """One error with the document that it is about."""

    error: ValidationError
    document: Node
    see: str

    @property
    def path(self) -> list[str | int]:
        return list(self.error.absolute_path)

    @property
    def value(self) -> Plain:
        return cast("Plain", self.error.instance)  # it came from `Node.plain`

    @property
    def schema(self) -> Mapping[str, Any]:
        return self.error.schema if isinstance(self.error.schema, Mapping) else {}

    @property
    def limit(self) -> Any:
        return self.error.validator_value

    @property
    def node(self) -> Node:
        return self.document.nearest(*self.path)

    @property
    def name(self) -> str:
        return named(self.path)

    def finding(  # noqa: PLR0913 - the parts of a finding
        self,
        code: Code,
        what: str,
        *,
        expected: tuple[str, ...] = (),
        remedy: str = "",
        place: Place | None = None,
        speaks_itself: bool = True,
    ) -> Finding:
        """Return a finding; the schema's own message replaces ours where it may speak itself."""
        if speaks_itself and "x-message" in self.schema:
            message = self.schema["x-message"]
            parts = [message] if isinstance(message, str) else [*message]
            expected, remedy = (parts[0],), (parts[1] if len(parts) > 1 else remedy)
        return Finding(
            code=str(self.schema.get("x-code", code.value)),
            severity=Severity.ERROR,
            concern=Concern.DESIRED,
            what=what,
            place=place or self.node.place,
            expected=expected,
            remedy=remedy,
            see=self.see,
        )


def _type(fault: _Fault) -> Iterator[Finding]:
    types = [fault.limit] if isinstance(fault.limit, str) else list(fault.limit)
    wanted = alternatives([type_name(type_) for type_ in types])
    yield fault.finding(
        Code.WRONG_TYPE,
        f"{fault.name} is {found(fault.value, fault.path)}, not {wanted}",
        expected=(_with_title(wanted, fault.schema),),
        remedy=_retyped(fault.value, types),
        speaks_itself=False,
    )


def _with_title(wanted: str, schema: Mapping[str, Any]) -> str:
    return f"{wanted} ({schema['title']})" if "title" in schema else wanted


def _retyped(value: Plain, types: list[str]) -> str:
    if "string" in types:
        if isinstance(value, float):
            return "put it in quotes, as it was written"
        if isinstance(value, list | dict):
            return 'text that begins with [ or { wants quotes, or a block that begins with "|-"'
        return f'put it in quotes: "{shown(value, ())}"'
    if isinstance(value, str):
        return _unquoted(value, types)
    if "array" in types and not isinstance(value, dict):
        return f"write it as a list item: - {shown(value, ())}"
    return ""


def _unquoted(value: str, types: list[str]) -> str:
    if {"integer", "number"} & set(types) and _NUMBER.fullmatch(value) and len(value) < 20:
        return f"write it without quotes: {value}"
    word = value.casefold()
    if "boolean" in types and word in ("true", "yes", "on"):
        return "write true, in lower case and without quotes"
    if "boolean" in types and word in ("false", "no", "off"):
        return "write false, in lower case and without quotes"
    if "null" in types and word in ("null", "none"):
        return "write null, in lower case and without quotes"
    return 'write it as a list item, on a line that begins with "- "' if "array" in types else ""


def _enum(fault: _Fault) -> Iterator[Finding]:
    values: list[Plain] = list(fault.limit)
    texts = [value for value in values if isinstance(value, str)]
    value = fault.value
    key = next((step for step in reversed(fault.path) if isinstance(step, str)), "value")
    what = f"unknown {named([key]).strip(chr(34))} {shown(value, fault.path)}"
    if isinstance(value, list | dict):
        what = f"{fault.name} is {found(value, fault.path)}"
    words = [each if isinstance(each, str) else shown(each, ()) for each in values]
    lines = listed(words[:_ENOUGH_TO_LIST])
    remedy = did_you_mean(value, texts) if isinstance(value, str) else _requoted(value, texts)
    yield fault.finding(
        Code.NOT_ONE_OF,
        what,
        expected=(f"one of these {len(words)} values:", *lines),
        remedy=remedy,
        speaks_itself=False,
    )


def _requoted(value: Plain, texts: list[str]) -> str:
    text = shown(value, ()) if not isinstance(value, list | dict) else ""
    return f'put it in quotes: "{text}"' if text in texts else did_you_mean(text, texts)


def _const(fault: _Fault) -> Iterator[Finding]:
    wanted = shape({"const": fault.limit})
    what = f"{fault.name} is {found(fault.value, fault.path)}, not {wanted}"
    yield fault.finding(Code.NOT_ONE_OF, what, expected=(wanted,), remedy=f"write {wanted}")


def _unknown_keys(fault: _Fault) -> Iterator[Finding]:
    known = fault.schema.get("properties", {})
    patterns = fault.schema.get("patternProperties", {})
    for key, member in fault.node.members():
        if key not in known and not any(re.search(pattern, key) for pattern in patterns):
            yield _unknown_key(fault, key, member, sorted(known))


def _unknown_key(fault: _Fault, key: str, member: Node, known: list[str]) -> Finding:
    where = "the document" if not fault.path else fault.name
    expected = (f"a key of {where}:", *listed(known)) if known else (f"no keys in {where}",)
    return fault.finding(
        Code.UNKNOWN_KEY,
        f"unknown key {named([key])}",
        expected=expected,
        remedy=did_you_mean(key, known) or "remove it, or correct its name",
        place=member.key or member.place,
        speaks_itself=False,
    )


def _missing_keys(fault: _Fault) -> Iterator[Finding]:
    present = fault.value if isinstance(fault.value, dict) else {}
    for key in fault.limit:
        if key not in present:
            part = fault.schema.get("properties", {}).get(key, True)
            title = part.get("title", "") if isinstance(part, Mapping) else ""
            yield fault.finding(
                Code.MISSING_KEY,
                f'{fault.name} lacks the key "{key}"',
                expected=(f'"{key}": {title or shape(part)}',),
                remedy=f'add "{key}"',
                place=fault.node.key or fault.node.place,
                speaks_itself=False,
            )


def _dependent(fault: _Fault) -> Iterator[Finding]:
    present = fault.value if isinstance(fault.value, dict) else {}
    for key, others in fault.limit.items():
        for other in others:
            if key in present and other not in present:
                yield fault.finding(
                    Code.MISSING_KEY,
                    f'{fault.name} has "{key}" but lacks "{other}"',
                    expected=(f'"{other}" wherever "{key}" stands',),
                    remedy=f'add "{other}", or remove "{key}"',
                    place=fault.node.key or fault.node.place,
                )


def _range(fault: _Fault) -> Iterator[Finding]:
    schema = fault.schema
    low = schema.get("minimum", schema.get("exclusiveMinimum"))
    high = schema.get("maximum", schema.get("exclusiveMaximum"))
    if low is not None and high is not None:
        wanted = f"a number from {low} to {high}"
    elif "minimum" in schema or "maximum" in schema:
        wanted = f"at least {low}" if high is None else f"at most {high}"
    else:
        wanted = f"more than {low}" if high is None else f"less than {high}"
    what = f"{fault.name} is {shown(fault.value, fault.path)}"
    yield fault.finding(Code.OUT_OF_RANGE, what, expected=(wanted,), remedy="choose another number")


def _form(fault: _Fault) -> Iterator[Finding]:
    examples = [f'"{text}"' for text in fault.schema.get("examples", ()) if isinstance(text, str)]
    expected = f"text such as {alternatives(examples[:3])}" if examples else ""
    what = f"{fault.name} does not have the form it must have: {shown(fault.value, fault.path)}"
    yield fault.finding(Code.WRONG_FORM, what, expected=(expected,) if expected else ())


_NOUNS = {"Items": "item", "Properties": "key", "Length": "character"}


def _count(fault: _Fault) -> Iterator[Finding]:
    keyword = str(fault.error.validator)
    noun = _NOUNS[keyword[3:]]
    held = len(fault.value) if isinstance(fault.value, str | list | dict) else 0
    bound = "at least" if keyword.startswith("min") else "at most"
    limit = counted(fault.limit, noun)
    what = f"{fault.name} is empty" if not held else f"{fault.name} has {counted(held, noun)}"
    yield fault.finding(Code.WRONG_COUNT, what, expected=(f"{bound} {limit}",))


def _repeated(fault: _Fault) -> Iterator[Finding]:
    seen: dict[object, int] = {}
    for number, item in enumerate(fault.node.items()):
        first = seen.setdefault(frozen(item), number)
        if first != number:
            text = found(item.plain(), fault.path).removeprefix("text ")
            yield fault.finding(
                Code.REPEATED_ITEM,
                f"{fault.name} holds {text} twice",
                expected=(f"each item once; it stands first as item {first + 1}",),
                remedy="remove one of the two",
                place=item.place,
            )


def _key_form(fault: _Fault, key: str) -> Finding:
    """Return the finding for an error below `propertyNames`: what is wrong is a key."""
    member = fault.node.member(key)
    values = fault.limit if fault.error.validator == "enum" else ()
    return fault.finding(
        Code.UNKNOWN_KEY if values else Code.WRONG_FORM,
        f"unknown key {named([key])}"
        if values
        else f"the key {named([key])} does not have the form it must have",
        expected=listed([str(value) for value in values]),
        remedy=did_you_mean(key, map(str, values)),
        place=(member.key or member.place) if member else None,
    )


def _alternatives(fault: _Fault) -> Iterator[Finding]:
    verdict = judged(fault.error)
    if verdict.exclusive_keys and not isinstance(fault.value, dict):
        if fault.schema.get("type") != "object":  # else the type is objected to already
            yield _no_alternative(fault, verdict)
    elif verdict.best:
        for error in verdict.best:
            yield from finding_of(error, document=fault.document, see=fault.see)
    elif verdict.unknown_keys:
        for key in verdict.unknown_keys:
            member = fault.node.at(key) or fault.node
            yield _unknown_key(fault, key, member, list(verdict.known_keys))
    else:
        yield _no_alternative(fault, verdict)


def _no_alternative(fault: _Fault, verdict: Verdict) -> Finding:
    if verdict.exclusive_keys:
        return _exclusive(fault, verdict.exclusive_keys)
    if verdict.fits_several:
        what = f"{fault.name} fits several of its alternatives"
        return fault.finding(Code.NO_ALTERNATIVE, what, expected=verdict.shapes)
    wanted = alternatives(verdict.shapes)
    what = f"{fault.name} is {found(fault.value, fault.path)}, which fits no alternative"
    texts = list(verdict.texts)
    guess = did_you_mean(fault.value, texts) if isinstance(fault.value, str) else ""
    code = Code.NOT_ONE_OF if guess else Code.WRONG_TYPE
    remedy = guess or _retyped(fault.value, list(verdict.types))
    return fault.finding(code, what, expected=(wanted,), remedy=remedy)


def _exclusive(fault: _Fault, keys: tuple[str, ...]) -> Finding:
    names = [f'"{key}"' for key in keys]
    present = [name for key, name in zip(keys, names, strict=True) if fault.node.member(key)]
    what = f"{fault.name} lacks {alternatives(names)}"
    if present:
        what = f"{fault.name} has {' and '.join(present)}"
    return fault.finding(
        Code.NO_ALTERNATIVE,
        what,
        expected=(f"exactly one of {', '.join(names)}",),
        remedy="keep one of them" if present else "add one of them",
        place=fault.node.key or fault.node.place,
    )


def _any_other(fault: _Fault) -> Iterator[Finding]:
    what = f"{fault.name} is not accepted: {found(fault.value, fault.path)}"
    expected = (str(fault.schema["title"]),) if "title" in fault.schema else ()
    yield fault.finding(Code.NO_ALTERNATIVE, what, expected=expected)


_EXPLAIN: dict[str, Callable[[_Fault], Iterator[Finding]]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "additionalProperties": _unknown_keys,
    "required": _missing_keys,
    "dependentRequired": _dependent,
    "minimum": _range,
    "maximum": _range,
    "exclusiveMinimum": _range,
    "exclusiveMaximum": _range,
    "pattern": _form,
    "format": _form,
    "minItems": _count,
    "maxItems": _count,
    "minProperties": _count,
    "maxProperties": _count,
    "minLength": _count,
    "maxLength": _count,
    "uniqueItems": _repeated,
    "oneOf": _alternatives,
    "anyOf": _alternatives,
}
