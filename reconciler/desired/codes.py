"""
Codes: what can be wrong with the files of a desired state, each with its permanent number.

Only files, YAML and schemas speak here; kinds, checks and plans declare their own codes.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from reconciler.model.findings import Concern, Finding, Severity
from reconciler.model.places import Place


class Code(StrEnum):
    """A permanent code; `meaning` is its sentence on the reference page."""

    meaning: str

    def __new__(cls, value: str, meaning: str) -> Self:
        """Make the member, which is its number, and remember the meaning."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member

    UNKNOWN_FILE = "RC1001", "a file that no document type, recording or test accounts for"
    UNREADABLE_FILE = "RC1002", "a file that cannot be read, or a link that leaves the tree"
    MISSING_ENVIRONMENT = "RC1003", "an environment without environment.yaml"
    TOO_LARGE = "RC1004", "a document of more than 5 MB"
    NOT_UTF8 = "RC1005", "a document that is not UTF-8"
    BINARY = "RC1006", "a document with bytes that no text has"
    EMPTY = "RC1007", "a document that holds nothing, or nothing but comments"
    MORE_PROBLEMS = "RC1008", "a file with more problems than a person wants listed"

    SYNTAX = "RC1101", "text that cannot be read as YAML"
    TAB = "RC1102", "a tab where blanks must indent"
    DUPLICATE_KEY = "RC1103", "a key that stands twice in one mapping"
    TAG = "RC1104", "a tag or a directive; documents are data only"
    MERGE_KEY = "RC1105", "a merge key"
    ALIAS = "RC1106", "an anchor or an alias"
    SECOND_DOCUMENT = "RC1107", "a second document in one file"
    TOO_DEEP = "RC1108", "values nested deeper than 64 levels"
    KEY_NOT_TEXT = "RC1109", "a key that is no text"
    NOT_A_MAPPING = "RC1110", "a document that is no mapping"
    SPLIT_NAME = "RC1111", "a distinguished name in [ ] that falls apart at its commas"
    UNPRINTABLE = "RC1112", "a character that cannot be seen or stored"
    NO_VALUE = "RC1113", "a key or list item without a value"
    TILDE = "RC1114", "~ where null is meant"

    UNKNOWN_KEY = "RC1201", "a key that the document does not have"
    MISSING_KEY = "RC1202", "a key that the document must have"
    NOT_ONE_OF = "RC1203", "a value outside a closed vocabulary"
    WRONG_TYPE = "RC1204", "a value of another type, such as true where text is expected"
    OUT_OF_RANGE = "RC1205", "a number outside its range"
    WRONG_FORM = "RC1206", "text that does not have the form it must have"
    WRONG_COUNT = "RC1207", "too few or too many items, keys or characters"
    REPEATED_ITEM = "RC1208", "an item that stands twice in a list without repeats"
    NO_ALTERNATIVE = "RC1209", "a value that fits none, or more than one, of its alternatives"

    SECRET_SHAPE = "RC1301", "text shaped like a key, a token or a password in a connection string"
    SECRET_SLOT = "RC1302", "a secret written out where only its source may stand"
    SECRET_RECORDED = "RC1303", "a recording with a value that is named or shaped like a secret"

    def at(
        self,
        place: Place | None,
        what: str,
        *,
        expected: tuple[str, ...] = (),
        remedy: str = "",
        see: str = "",
    ) -> Finding:
        """Return the finding of this code at a place: always an error in the desired state."""
        return Finding(
            code=self.value,
            severity=Severity.ERROR,
            concern=Concern.DESIRED,
            what=what,
            place=place,
            expected=expected,
            remedy=remedy,
            see=see,
        )
