"""The examples in the docstrings of model and kinds are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import reconciler.kinds
import reconciler.model

MODULES = sorted(
    module.name
    for package in (reconciler.kinds, reconciler.model)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name: str) -> None:
    outcome = doctest.testmod(importlib.import_module(name))

    assert outcome.failed == 0


def test_there_are_examples() -> None:
    attempted = [doctest.testmod(importlib.import_module(name)).attempted for name in MODULES]

    assert sum(attempted) >= 8
