"""The words that all reports share: numbers with nouns, lists, ages, and the names of risks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from reconciler.model.changes import Attribution, Change, Risk, Step, Support
from reconciler.model.findings import Finding, Severity
from reconciler.report.blocks import Loudness, Tally

RISKS = {
    Risk.COSMETIC: "cosmetic",
    Risk.BEHAVIOUR: "behaviour",
    Risk.SCOPE_WIDENING: "scope widens",
    Risk.SCOPE_SHRINKING: "scope shrinks",
    Risk.DESTRUCTIVE: "destructive",
    Risk.SECURITY: "security",
}
_LOUD = frozenset({Risk.SCOPE_SHRINKING, Risk.DESTRUCTIVE, Risk.SECURITY})

STEPS = {
    Step.FULL_IMPORT: "full import",
    Step.FULL_SYNCHRONIZATION: "full synchronization",
    Step.DELTA_SYNCHRONIZATION: "delta synchronization",
}
"""What run steps are called, in the order in which one connector has them."""


def counted(number: int, noun: str, nouns: str = "") -> str:
    """
    Return a number with its noun.

    >>> counted(1, "problem"), counted(1200, "flow")
    ('1 problem', '1,200 flows')
    """
    return f"{number:,} {noun if number == 1 else nouns or f'{noun}s'}"


def listed(texts: Sequence[str]) -> str:
    """
    Return the texts as a sentence has them.

    >>> listed(["corp", "fabrikam", "entra"])
    'corp, fabrikam and entra'
    """
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} and {texts[-1]}"


def and_more(number: int, noun: str = "", nouns: str = "") -> str:
    """Return the words that stand for a folded rest."""
    named = f" {noun if number == 1 else nouns or f'{noun}s'}" if noun else ""
    return f"… and {number:,} more{named}"


def age(read_at: str, now: str) -> str:
    """
    Return how long ago `read_at` was, both ISO 8601; empty where either is not a time.

    A time without a zone can be wrong by most of a day, so its age is only told in days.

    >>> age("2026-02-03T00:00:00Z", "2026-02-03T09:10:00Z")
    '9 h ago'
    """
    then, today = _time(read_at), _time(now)
    if then is None or today is None:
        return ""
    if then.tzinfo is None or today.tzinfo is None:
        return _rough_age(today.replace(tzinfo=UTC) - then.replace(tzinfo=UTC))
    passed = today - then
    if passed < timedelta(minutes=-5):
        return f"{_span(-passed)} ahead of the clock"
    return "just now" if passed < timedelta(minutes=1) else f"{_span(passed)} ago"


def lasting(span: timedelta) -> str:
    """
    Return a length of time in full.

    >>> lasting(timedelta(days=7)), lasting(timedelta(days=1, hours=12))
    ('7 days', '1 day 12 h')
    """
    minutes, seconds = divmod(span.seconds, 60)
    parts = [
        counted(span.days, "day") if span.days else "",
        f"{minutes // 60} h" if minutes // 60 else "",
        f"{minutes % 60} min" if minutes % 60 else "",
        f"{seconds} s" if seconds else "",
    ]
    return " ".join(part for part in parts if part) or "0 s"


def risk_words(risk: Risk) -> str:
    """Return what a risk is called."""
    return RISKS[risk]


def risk_loudness(risk: Risk) -> Loudness:
    """Return how loud a risk is: what takes something from people is loud."""
    if risk in _LOUD:
        return Loudness.LOUD
    return Loudness.QUIET if risk is Risk.COSMETIC else Loudness.PLAIN


def support_words(change: Change) -> str:
    """Return whether the vendor supports scripting this change, and who makes it therefore."""
    if change.support is Support.SUPPORTED:
        return "supported" if change.operations else "by hand"
    if change.support is Support.MANUAL:
        return "by hand"
    return "wizard only" if change.is_manual else "unsupported, allowed by policy"


def attribution_words(attribution: Attribution) -> str:
    """Return whose difference it is."""
    return attribution.value


def tally_words(tallies: Sequence[Tally]) -> str:
    """Return the number of changes of each risk in one line."""
    return " · ".join(f"{row.risk} {row.total:,}" for row in tallies)


def follow_up_words(change: Change) -> tuple[str, ...]:
    """
    Return which run steps must follow, a line for connectors that need the same.

    What the wizard starts itself is told and never promised (decision D5).
    """
    needs: dict[tuple[str, str], list[str]] = {}
    for follow_up in change.follow_ups:
        steps = needs.setdefault((follow_up.by, follow_up.connector), [])
        if STEPS[follow_up.step] not in steps:
            steps.append(STEPS[follow_up.step])
    connectors: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (by, connector), steps in needs.items():
        connectors.setdefault((by, tuple(steps)), []).append(connector)
    return tuple(
        _follow_up_line(by, steps, listed(names), is_manual=change.is_manual)
        for (by, steps), names in connectors.items()
    )


def severity_words(findings: Sequence[Finding]) -> str:
    """
    Return how many findings there are of each severity, or an empty text.

    Errors are called problems: they are what has to be solved.
    """
    nouns = {Severity.ERROR: "problem", Severity.WARNING: "warning", Severity.NOTE: "note"}
    counts = [
        counted(number, noun)
        for severity, noun in nouns.items()
        if (number := sum(1 for finding in findings if finding.severity is severity))
    ]
    return listed(counts)


def _follow_up_line(by: str, steps: tuple[str, ...], connectors: str, *, is_manual: bool) -> str:
    if by == "wizard":
        return f"the wizard starts {listed([f'a {step}' for step in steps])} of {connectors}"
    in_turn = ", then ".join(steps)
    if is_manual:
        return f"needs a {in_turn} of {connectors}"
    return f"{in_turn} of {connectors} (not applied by this version)"


def _time(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _rough_age(passed: timedelta) -> str:
    if passed < timedelta(days=-1):
        return f"{_span(-passed)} ahead of the clock"
    if passed < timedelta(days=2):
        return "less than 2 days ago"
    return f"about {counted(passed.days, 'day')} ago"


def _span(passed: timedelta) -> str:
    minutes = int(passed.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else counted(minutes // (24 * 60), "day")
