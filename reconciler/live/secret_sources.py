"""
Where a secret is read from when it is needed, and a value that never shows itself.

decision C2: exactly one variable or one file. Which connection uses which is `connections`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reconciler.model.findings import quoted

MOST_BYTES = 64 * 1024


class SecretError(Exception):
    """A secret that cannot be had; the message names its source and never the secret."""

    def __init__(self, what: str, *, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


class Secret:
    """A text that nothing prints; only `reveal` gives it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the secret itself, for the one call that needs it."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(…)"

    def __reduce__(self) -> str:
        raise TypeError("a secret is not copied into a file")


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretSource:
    """An environment variable or a file: one of the two is given."""

    variable: str | None = None
    file: Path | None = None

    def read(self, environ: Mapping[str, str]) -> Secret:
        """Return the secret that is there now. Raises SecretError."""
        if self.file is not None:
            return _in_file(self.file)
        text = environ.get(self.variable or "", "")
        if not text:
            raise SecretError(
                f"the variable {self.variable}, a source of a secret, is not set",
                remedy=f"set {self.variable} for this command alone",
            )
        return Secret(text)


def _in_file(path: Path) -> Secret:
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
        text = content.decode("utf-8-sig")
    except OSError as error:
        what = f"the file {quoted(path.name)}, a source of a secret, cannot be read"
        raise SecretError(f"{what}: {error.strerror}", remedy="check its path") from error
    except UnicodeDecodeError:
        what = f"the file {quoted(path.name)}, a source of a secret, is not UTF-8 text"
        # the cause holds the content
        raise SecretError(what, remedy="write the secret as text") from None
    if len(content) > MOST_BYTES or not text.strip():
        what = f"the file {quoted(path.name)}, a source of a secret, is empty or far too large"
        raise SecretError(what, remedy="check its path")
    return Secret(text.rstrip("\r\n"))
