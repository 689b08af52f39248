"""A process of the bridge that ends in the middle of a change: the record stays true."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from reconciler.live.bridge.transport import TransportError
from tests.bridge.applying import SCHEDULER, SWITCH, Session
from tests.bridge.counterpart import StubServer, export_of, require_pwsh

pytestmark = pytest.mark.slow


@contextmanager
def process_on(stub: StubServer) -> Iterator[Session]:
    with closing(stub.transport("stdio-apply")) as transport:
        yield Session(stub, transport)


def test_a_change_that_was_begun_is_never_made_twice(tmp_path: Path) -> None:
    require_pwsh()
    stub = StubServer(export_of("example"), tmp_path)
    with process_on(stub) as first:
        first.open()
        before = stub.exported()
        stub.switch(exit_before=SWITCH.cmdlet)
        with pytest.raises(TransportError):
            first.change(SWITCH, id="before")

    with process_on(stub) as second:
        assert second.outcome("before")["state"] == "running"
        assert stub.exported() == before
        assert (second.lease()["written"], second.lease()["last_result"]) == (1, "running")
        again = second.change(SWITCH, id="before")
        assert again.error is not None
        assert again.error.code == "running"
        stub.switch(exit_after=SCHEDULER.cmdlet)
        with pytest.raises(TransportError):
            second.change(SCHEDULER, id="after")

    stub.switch()
    with process_on(stub) as third:
        assert third.outcome("after")["state"] == "running"
        assert stub.exported() != before
        again = third.change(SCHEDULER, id="after")
        assert again.error is not None
        assert again.error.code == "running"
        assert third.change(SWITCH, id="another").error is None
