"""The finding codes of recorded sources (RC40xx) and the advice that most of them share."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """One number for each thing that can be wrong with a source; numbers are never used again."""

    SOURCE_TEXT = "RC4001"  # the text after --live or --from names no source
    NOT_FOUND = "RC4002"  # nothing is at the path
    SETTINGS_JSON = "RC4003"  # the wizard's settings file
    ARCHIVE = "RC4004"  # a zip
    SINGLE_FILE = "RC4005"  # one XML file of an export
    ELSEWHERE = "RC4006"  # the export is in another folder, or the other kind of source
    NOT_A_SOURCE = "RC4007"  # an empty folder, a file of another kind
    NOT_REGULAR = "RC4008"  # a symbolic link, a device, a pipe
    UNREADABLE = "RC4009"  # the system refuses to open it
    TOO_LARGE = "RC4010"  # larger than any real file of its kind
    NOT_READ = "RC4011"  # a file in an export that the format does not know (warning)
    MISSING_PART = "RC4020"  # a folder or file of an export is missing
    NOT_XML = "RC4021"  # truncated, not well-formed, not in the encoding that it states
    DECLARATIONS = "RC4022"  # a document type, an entity or an external reference
    WRONG_ROOT = "RC4023"  # another XML document than its folder should hold
    TOO_COMPLEX = "RC4024"  # nested too deeply, too many elements
    SERVER_NAME = "RC4030"  # no usable server name
    EXPORT_DATE = "RC4031"  # no usable date (warning)
    MISSING_VALUE = "RC4032"  # an element or attribute that must be there, or is empty
    UNKNOWN_WORD = "RC4033"  # a value outside its vocabulary, not a number, not a GUID
    REPEATED = "RC4034"  # twice where once is expected; two files of one rule
    UNKNOWN_CONNECTOR = "RC4035"  # a rule of a connector that the source does not hold
    OTHER_IDENTIFIER = "RC4036"  # the file's name and its content disagree
    EMPTY_LIST = "RC4037"  # no rule, no connector, no schema attribute
    WITHHELD = "RC4040"  # a setting named or shaped like a secret, which was left out (note)
    RULE_TEXT = "RC4041"  # a text of a rule that is shaped like a secret (warning)
    NOT_JSON = "RC4050"  # a recording that is not JSON
    FORMAT_VERSION = "RC4051"  # a recording of another format version
    WRONG_SHAPE = "RC4052"  # a member of the wrong type, an unknown or missing member
    CONTRADICTION = "RC4053"  # a recording whose parts do not fit together


EXPORT_COMMAND = r'"Get-ADSyncServerConfiguration -Path C:\Export"'
"""The vendor's export (adsync-server.md 7.1); parameters as in contracts/adsync-cmdlets.json."""

EXPORT_AGAIN = (
    f"export the configuration again: run {EXPORT_COMMAND} in Windows PowerShell on the sync "
    "server and copy the whole folder"
)

EXPORT_INSTEAD = (
    f"run {EXPORT_COMMAND} in Windows PowerShell on the sync server, copy the whole folder here "
    "and name it with --from export:FOLDER"
)

RECORD_AGAIN = "record it again with: reconciler snapshot ENV --from export:FOLDER"
