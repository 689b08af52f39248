"""What a command line says about its options, however far it could be read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest


def value_of(option: str, arguments: Sequence[str]) -> str | None:
    """
    Return the last value that the arguments give to an option, or None.

    >>> value_of("--format", ["plan", "--format=json", "--wrong"])
    'json'
    """
    found = None
    for word, following in zip_longest(arguments, arguments[1:]):
        if word == option:
            found = following
        elif word.startswith(f"{option}="):
            found = word.removeprefix(f"{option}=")
    return found
