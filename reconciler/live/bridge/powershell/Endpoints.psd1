# The two endpoints and what each shows: the one source of role capabilities, session configurations
# and the tests of both.
@{
    Read = @{
        Name = 'Reconciler.Read'
        Role = 'ReconcilerRead'
        Description = 'Reads the configuration of this sync server for reconciler; cannot change it.'
        Modules = @('ReconcilerRead')
        Functions = @('Get-ReconcilerInfo', 'Get-ReconcilerState', 'Get-ReconcilerOutcome')
    }
    Apply = @{
        Name = 'Reconciler.Apply'
        Role = 'ReconcilerApply'
        Description = 'Changes the configuration of this sync server for reconciler, one checked change a call.'
        Modules = @('ReconcilerRead', 'ReconcilerApply')
        # imported as well, and shown to nobody, where unsupported writes were allowed at installation
        Unsupported = 'ReconcilerUnsupported'
        Functions = @(
            'Get-ReconcilerInfo', 'Get-ReconcilerState', 'Get-ReconcilerOutcome', 'Open-ReconcilerLease', 'Update-ReconcilerLease'
            'Close-ReconcilerLease', 'Reset-ReconcilerLease', 'Invoke-ReconcilerChange')
    }
}
