"""`init`: the folder of a new environment, with its environment.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from reconciler.application.assembly.editor_schemas import editor_schemas, schema_reference
from reconciler.application.exits import Exit
from reconciler.application.refusals import usage
from reconciler.desired.storing import store
from reconciler.desired.writing import new_text
from reconciler.model.findings import quoted
from reconciler.model.nodes import Plain

ENVIRONMENT_FILE = "environment.yaml"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
_COMMENT = (
    "What this environment is and what a plan may do in it. Reviewed in pull requests.",
    "`prune: report` only reports custom rules that git does not know; `delete` removes them.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Initialized:
    """The files that were written; none where the environment was there already."""

    environment: str
    files: tuple[str, ...]

    @property
    def exit_code(self) -> Exit:
        """Return 0: an environment that exists is as good as a new one."""
        return Exit.DONE

    def encode(self) -> dict[str, Plain]:
        """Return the members of the JSON result."""
        files: list[Plain] = [{"path": path, "changed": True} for path in self.files]
        return {"findings": [], "environment": self.environment, "files": files}


def init(folder: str, environment: str) -> Initialized:
    """
    Start an environment; what exists is left alone.

    Raises Refusal (64) for a name that is no good folder name.
    """
    root = Path(folder)
    if (root / environment / ENVIRONMENT_FILE).exists():
        return Initialized(environment=environment, files=())
    text = first_text(root, environment)
    files = {f"{environment}/{ENVIRONMENT_FILE}": text, **editor_schemas(root)}
    changed = store(root, files)
    label = root.name if root.is_absolute() else root.as_posix()
    return Initialized(environment=environment, files=tuple(f"{label}/{path}" for path in changed))


def first_text(root: Path, environment: str) -> str:
    """
    Return the environment.yaml of a new environment: the careful policy, and no server yet.

    Raises Refusal (64) for a name that is no good folder name.
    """
    if not _NAME.fullmatch(environment):
        raise usage(
            f"{quoted(environment)} is no name for an environment",
            expected=("lower-case letters, digits, - and _, beginning with a letter or digit",),
            remedy="for example: reconciler init prod",
        )
    document: dict[str, Plain] = {
        "environment": environment,
        "servers": {},
        "policy": {
            "prune": "report",
            "allow_unsupported": [],
            "hold_after": ["scope-shrinking", "destructive"],
            "budgets": {"scope-shrinking": {"at_most": 5}, "destructive": {"at_most": 0}},
        },
    }
    reference = schema_reference(root, "environment", depth=1)
    return new_text(document, schema=reference, comment=_COMMENT)
