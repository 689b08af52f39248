"""What is imported is what there is: nothing differs, and nothing gets lost on the way."""

from __future__ import annotations

from hypothesis import given

from reconciler.desired.yaml_reading import read_yaml
from reconciler.live.recorded.recording import encode_snapshot, read_recording
from reconciler.model.snapshots import Server, Snapshot
from tests.laws.effort import LAW
from tests.laws.importing import documents_of, files_of, imported, plan
from tests.laws.servers import servers


@LAW
@given(servers())
def test_a_plan_after_an_import_is_empty(server: Server) -> None:
    found = plan(imported(server), server)

    assert [(str(item.address), item.fields) for item in found.changes] == []
    assert (found.unmanaged, found.blocked) == ((), ())
    assert [item.what for item in found.findings] == []


@LAW
@given(servers())
def test_every_document_is_read_as_it_was_written(server: Server) -> None:
    documents, files = documents_of(server), files_of(server)

    for path, (_, document) in documents.items():
        root, findings = read_yaml(files[path].encode("utf-8"), file=path)
        assert findings == ()
        assert root is not None
        assert root.plain() == document


@LAW
@given(servers())
def test_an_import_of_a_recording_is_the_import_of_the_server(server: Server) -> None:
    recorded = read_recording(
        encode_snapshot(Snapshot(servers=(server,))).encode("utf-8"), label="sync01.json"
    )

    assert recorded.findings == ()
    assert files_of(recorded.snapshot.servers[0]) == files_of(server)
