"""
What frames the hand steps of a change that takes people out of the scope (adsync-server.md 8.2).

With the scheduler running, the export follows the change within one cycle and nobody reviews it.
"""

from __future__ import annotations

from reconciler.kinds.naming import Naming
from reconciler.model.changes import Risk

GUARDED = frozenset({Risk.SCOPE_SHRINKING, Risk.DESTRUCTIVE})


def guarded(steps: tuple[str, ...], *, naming: Naming, is_wizard: bool) -> tuple[str, ...]:
    """Return the steps between stopping the scheduler and a look at the pending deletes."""
    tenant = naming.entra_name() or "<name of the Entra connector>"
    wizard = (
        'on the last page clear "Start the synchronization process when configuration completes"',
    )
    return (
        (
            "Set-ADSyncScheduler -SyncCycleEnabled $false, so that nothing is exported unseen; "
            "remember what it was"
        ),
        *steps,
        *(wizard if is_wizard else ()),
        (
            "after the required runs and before any export, count the pending deletes: "
            f'csexport "{tenant}" export.xml /f:x'
        ),
        (
            "compare them with the deletion threshold (Get-ADSyncExportDeletionThreshold); "
            "only where they are what you expect: "
            "Set-ADSyncScheduler -SyncCycleEnabled $true, if it was so"
        ),
    )
