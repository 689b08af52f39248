"""A new environment: careful from its first line, and never one that is there already."""

from __future__ import annotations

from pathlib import Path

import pytest

from reconciler.application.assembly.reading import assess_environment, open_tree
from reconciler.application.exits import Exit
from reconciler.application.initializing import init
from reconciler.application.refusals import Refusal
from reconciler.plan.policy import Policy, policy_of, roles_of
from tests.application.folders import files_of


def test_a_new_environment_is_valid_and_has_the_careful_policy(tmp_path: Path) -> None:
    result = init(str(tmp_path / "ds"), "prod")
    found = assess_environment(open_tree(str(tmp_path / "ds")), "prod")

    assert "ds/prod/environment.yaml" in result.files
    assert result.exit_code is Exit.DONE
    assert found.is_valid
    policy = policy_of(found.estate)
    careful = Policy()
    assert policy.deletes_unmanaged_rules is careful.deletes_unmanaged_rules
    assert policy.allow_unsupported == careful.allow_unsupported
    assert policy.hold_after == careful.hold_after
    assert roles_of(found.estate) == {}


def test_an_environment_that_is_there_is_left_alone(tmp_path: Path) -> None:
    init(str(tmp_path), "prod")
    path = tmp_path / "prod/environment.yaml"
    path.write_text("environment: prod  # mine\n", encoding="utf-8")
    before = files_of(tmp_path)

    assert init(str(tmp_path), "prod").files == ()
    assert files_of(tmp_path) == before


@pytest.mark.parametrize("name", ["", "Prod", "pr od", "../prod", ".hidden", "-x", "a" * 64, "é"])
def test_a_name_that_is_no_good_folder_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refusal) as refused:
        init(str(tmp_path), name)

    assert refused.value.exit_code is Exit.USAGE
    assert files_of(tmp_path) == {}


@pytest.mark.parametrize("name", ["prod", "test-2", "0", "a" * 63])
def test_a_good_name_is_taken(tmp_path: Path, name: str) -> None:
    assert f"{tmp_path.name}/{name}/environment.yaml" in init(str(tmp_path), name).files
