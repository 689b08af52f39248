"""Sessions with the apply bridge on the example's stub server, new for each test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.bridge.applying import Session
from tests.bridge.counterpart import StubServer, export_of, require_pwsh


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Return one process for many tests; `session` makes its server new for each."""
    require_pwsh()
    stub = StubServer(export_of("example"), tmp_path_factory.mktemp("sync01"))
    with closing(stub.transport("stdio-apply")) as transport:
        yield Session(stub, transport)


@pytest.fixture
def session(running: Session) -> Session:
    """Return a session on a server as its export says."""
    running.reset()
    return running
