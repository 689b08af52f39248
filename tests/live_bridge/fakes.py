"""A transport that answers from memory, and remembers what it was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from threading import get_ident

from reconciler.live.bridge.transport import NOTHING, Deadline, TransportError
from reconciler.live.bridge.wire import Reply, reply_from
from reconciler.model.nodes import Plain
from tests.live_bridge.bridge_json import info_value, marked_text, reply_value

Asked = tuple[str, Mapping[str, str]]
Answer = Mapping[str, Plain] | TransportError
Answering = Callable[[str, Mapping[str, str]], Answer]


class FakeTransport:
    """Answers with whole replies; an error in their place is raised."""

    def __init__(self, answer: Answering) -> None:
        self._answer = answer
        self.asked: list[Asked] = []

    def call(
        self, function: str, arguments: Mapping[str, str] = NOTHING, *, deadline: Deadline
    ) -> Reply:
        del deadline
        self.asked.append((function, dict(arguments)))
        found = self._answer(function, arguments)
        if isinstance(found, TransportError):
            raise found
        return reply_from(marked_text(dict(found)))

    def close(self) -> None:
        """Nothing is open."""


def answering(
    state: Mapping[str, Plain], *, info: Mapping[str, Plain] | None = None, **changed: Plain
) -> Answering:
    """Return answers that hold the sections asked for; `changed` goes into each reply."""

    def answer(function: str, arguments: Mapping[str, str]) -> Answer:
        if function == "Get-ReconcilerInfo":
            return reply_value(dict(info or info_value()), **changed)
        wanted = arguments["section"].split(",")
        return reply_value({name: state[name] for name in wanted if name in state}, **changed)

    return answer


def interrupted(*, after: int) -> Deadline:
    """Return a deadline that stands for Ctrl-C when it is looked at once more than so often."""
    looks = count(1)
    caller = get_ident()

    def clock() -> float:
        if get_ident() == caller and next(looks) > after:
            raise KeyboardInterrupt
        return 0.0

    return Deadline(moment=60.0, clock=clock)


def soon() -> Deadline:
    """Return a deadline that no fake comes near."""
    return Deadline.after(60)
