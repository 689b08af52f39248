"""Schema alternatives: which branch of a `oneOf` or `anyOf` someone most probably meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from reconciler.desired.schema_wording import shape

if TYPE_CHECKING:
    from jsonschema import ValidationError


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """
    Why no alternative fits, or which one nearly does.

    `best` are the errors of the nearest branch. Without one, either keys that no branch knows, or
    keys of which exactly one may stand, or the shapes of all branches tell more.
    """

    best: tuple[ValidationError, ...] = ()
    unknown_keys: tuple[str, ...] = ()
    known_keys: tuple[str, ...] = ()
    exclusive_keys: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    fits_several: bool = False


def judged(error: ValidationError) -> Verdict:
    """Return the verdict on an error of `oneOf` or `anyOf`."""
    schemas = [each if isinstance(each, Mapping) else {} for each in _values(error)]
    branches = _branches(error)
    keys = _exclusive_keys(schemas)
    if keys:
        return Verdict(exclusive_keys=keys)
    near = {
        number: errors
        for number, errors in branches.items()
        if not any(_is_another_shape(each, error) for each in errors)
    }
    if isinstance(error.instance, Mapping) and near:
        known = sorted({key for number in near for key in schemas[number].get("properties", ())})
        unknown = tuple(key for key in error.instance if key not in known)
        if all(_rejects_a_key(errors, error) for errors in near.values()):
            required = tuple(key for number in near for key in schemas[number].get("required", ()))
            present = tuple(key for key in dict.fromkeys(required) if key in error.instance)
            if unknown:
                return Verdict(unknown_keys=unknown, known_keys=tuple(known))
            if len(present) > 1:
                return Verdict(exclusive_keys=tuple(dict.fromkeys(required)))
    if near:
        best = min(near.values(), key=lambda errors: _distance(errors, error))
        return Verdict(best=tuple(best))
    return Verdict(
        shapes=tuple(dict.fromkeys(shape(each) for each in _values(error) if each)),
        texts=tuple(_texts(schemas)),
        types=tuple(_types(schemas)),
        fits_several=not error.context,
    )


def _values(error: ValidationError) -> Sequence[Mapping[str, Any] | bool]:
    return cast("Sequence[Mapping[str, Any] | bool]", error.validator_value)  # what oneOf holds


def _branches(error: ValidationError) -> dict[int, list[ValidationError]]:
    branches: dict[int, list[ValidationError]] = {}
    for each in error.context or ():
        if each.relative_schema_path:  # the schema `false` has no number, and nothing to explain
            branches.setdefault(int(each.relative_schema_path[0]), []).append(each)
    return branches


def _exclusive_keys(schemas: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the keys where every branch does nothing but require one key."""
    keys: list[str] = []
    for schema in schemas:
        required = schema.get("required", ())
        if set(schema) - {"required", "title", "description"} or len(required) != 1:
            return ()
        keys.extend(required)
    return tuple(keys)


def _is_another_shape(each: ValidationError, whole: ValidationError) -> bool:
    return _is_here(each, whole) and each.validator in ("type", "enum", "const")


def _rejects_a_key(errors: Sequence[ValidationError], whole: ValidationError) -> bool:
    return any(
        _is_here(each, whole) and each.validator == "additionalProperties" for each in errors
    )


def _distance(errors: Sequence[ValidationError], whole: ValidationError) -> tuple[int, int, int]:
    """Return how far a branch is: foreign keys, wrong marks, then the number of errors."""
    foreign = sum(
        _is_here(each, whole) and each.validator == "additionalProperties" for each in errors
    )
    marks = sum(each.validator in ("const", "required") for each in errors)
    return (foreign, marks, len(errors))


def _is_here(each: ValidationError, whole: ValidationError) -> bool:
    return len(each.absolute_path) == len(whole.absolute_path)


def _texts(schemas: Sequence[Mapping[str, Any]]) -> list[str]:
    values = [value for schema in schemas for value in schema.get("enum", [schema.get("const")])]
    return [value for value in values if isinstance(value, str)]


def _types(schemas: Sequence[Mapping[str, Any]]) -> list[str]:
    types = [schema.get("type", ()) for schema in schemas]
    return [name for each in types for name in ([each] if isinstance(each, str) else each)]
