"""A result to a file that somebody named: a file as a whole, a device or a pipe as it comes."""

from __future__ import annotations

from pathlib import Path

from reconciler.application.refusals import usage
from reconciler.desired.storing import StoringError, store
from reconciler.model.findings import quoted


def store_output(file: str, text: str, *, is_private: bool = False) -> bool:
    """
    Write a result to a file and tell whether its bytes changed.

    A private file is for its owner alone (0600). What is no regular file (a device, a pipe, a link)
    is written through and never replaced. Raises Refusal (64) for a folder, StoringError.
    """
    target = Path(file)
    if target.is_dir():
        raise usage(f"{quoted(file)} is a folder", expected=("the name of a file",))
    if target.is_symlink() or (target.exists() and not target.is_file()):
        try:
            target.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise StoringError(f"{file}: {error.strerror or error}") from error
        return True
    return bool(store(target.parent, {target.name: text}, is_private=is_private))


def refuse_inside(file: str, folder: str, *, option: str, allowed: str = "") -> None:
    """
    Raise Refusal (64) for a result that would lie in the folder of desired state.

    It would replace a document there, or be read as one. Below `allowed`, a path inside the folder,
    it may lie.
    """
    target, root = Path(file).resolve(), Path(folder).resolve()
    is_inside = root in target.parents
    if not is_inside or (allowed and target.is_relative_to(root / allowed)):
        return
    raise usage(
        f"{option} {quoted(file)} lies in the folder of desired state {quoted(folder)}",
        expected=("a file that no document of the desired state is or could be",),
        remedy=f"name a file outside {quoted(folder)}",
    )
