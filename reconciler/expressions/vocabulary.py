"""
The closed word lists of the language, and "did you mean".

From declarative-provisioning.md, sections 2.1 and 2.6. Functions are in `functions`.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

CONSTANTS = frozenset(
    {"True", "False", "NULL", "IgnoreThisFlow", "AuthoritativeNull", "CRLF"},
)

ENUM_WORDS = frozenset(
    {
        "vbBinaryCompare",
        "vbTextCompare",
        "CaseSensitive",
        "CaseInsensitive",
        "Unicode",
        "ASCII",
        "UTF8",
    },
)

KEYWORDS = CONSTANTS | ENUM_WORDS

# What the server provides; administrators can add their own, so the list is never complete.
PARAMETERS = frozenset(
    {
        "ADS_GROUP_TYPE_DOMAIN_LOCAL_GROUP",
        "ADS_GROUP_TYPE_GLOBAL_GROUP",
        "ADS_GROUP_TYPE_LOCAL_GROUP",
        "ADS_GROUP_TYPE_SECURITY_ENABLED",
        "ADS_GROUP_TYPE_UNIVERSAL_GROUP",
        "ADS_UF_ACCOUNTDISABLE",
        "Connector.GroupFilteringGroupDn",
        "Connector.ID",
        "Domain.FQDN",
        "Domain.LDAP",
        "Domain.Netbios",
        "Forest.FQDN",
        "Forest.LDAP",
        "Forest.Netbios",
    },
)

_LONGEST_GUESS = 64


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most likely meant: the same but for case, else a near spelling."""
    names = sorted(known)
    folded = word.casefold()
    for name in names:
        if name.casefold() == folded:
            return name
    if len(word) > _LONGEST_GUESS:  # comparing is quadratic and a guess would be worthless
        return None
    by_folded = {name.casefold(): name for name in names}
    near = get_close_matches(folded, list(by_folded), n=1, cutoff=0.72)
    return by_folded[near[0]] if near else None
