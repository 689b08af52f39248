# The lease: who may change this server. It expires by the server's clock as long as its run changed
# nothing; after that only its run, or a person who breaks it, ends it.

$script:LeaseName = 'lease.json'

function Open-Lease {
    param($Request)
    $minutes = Get-Number $Request 'minutes' 1 1440
    $run = Get-Name $Request 'run'
    $owner = Get-Text $Request 'owner'
    $hash = Get-Text $Request 'plan_hash'
    $commit = Get-OptionalText $Request 'commit'
    $found = Read-Record $script:LeaseName
    if ($null -ne $found -and $found['run'] -cne $run -and -not (Test-Free $found)) {
        Stop-Reconciler -Code 'lease-held' -Target $found['run'] -Text ('run ' + $found['run'] + ' has the lease, ' + $found['state'] + ' since ' + $found['since']) -Value $found
    }
    if ($null -ne $found -and $found['run'] -ceq $run) {
        if ($found['plan_hash'] -cne $hash) {
            Stop-Reconciler -Code 'lease-held' -Target $run -Text ('run ' + $run + ' has the lease for another plan') -Value $found
        }
        $found['minutes'] = $minutes
        return (Save-Lease $found)
    }
    $scheduler = ConvertTo-SchedulerTree (Get-LiveScheduler (New-Live))
    $lease = [ordered]@{
        run = $run; owner = $owner; plan_hash = $hash; commit = $commit; state = 'open'; since = (Get-ServerTime); expires = ''
        scheduler_as_found = $scheduler; last_request = $null; last_result = $null; minutes = $minutes; written = 0
    }
    $lease = Save-Lease $lease
    Write-BridgeEvent 4101 'lease opened' $lease $null
    return $lease
}

function Update-Lease {
    param($Request)
    $lease = Get-OwnLease (Get-Name $Request 'run')
    $lease['minutes'] = Get-Number $Request 'minutes' 1 1440
    if ($Request.Contains('state')) { $lease['state'] = Get-Word $Request 'state' @('stopped', 'held') }
    return (Save-Lease $lease)
}

function Close-Lease {
    param($Request)
    $outcome = Get-Word $Request 'outcome' @('restored', 'released')
    $lease = Get-OwnLease (Get-Name $Request 'run') -EvenExpired
    Remove-Record $script:LeaseName
    Write-BridgeEvent 4102 'lease ended' $lease ([ordered]@{ outcome = $outcome })
    return $lease
}

function Reset-Lease {
    param($Request)
    $reason = Get-Name $Request 'reason'
    $lease = Get-OwnLease (Get-Name $Request 'run') -EvenExpired
    Remove-Record $script:LeaseName
    Write-BridgeEvent 4103 'lease broken' $lease ([ordered]@{ reason = $reason }) -IsWarning
    return $lease
}

function Get-OwnLease {
    param([string] $Run, [switch] $EvenExpired)
    $lease = Read-Record $script:LeaseName
    if ($null -eq $lease) {
        Stop-Reconciler -Code 'lease-lost' -Target $Run -Text ('run ' + $Run + ' has no lease on this server')
    }
    if ($lease['run'] -cne $Run) {
        Stop-Reconciler -Code 'lease-lost' -Target $lease['run'] -Text ('run ' + $lease['run'] + ' has the lease, not ' + $Run) -Value $lease
    }
    if (-not $EvenExpired -and (Test-Free $lease)) {
        Stop-Reconciler -Code 'lease-lost' -Target $Run -Text ('the lease of run ' + $Run + ' expired at ' + $lease['expires'] + '; open it again') -Value $lease
    }
    return $lease
}

function Test-Free {
    # Whether the time of a lease is over and its run changed nothing.
    param($Lease)
    if ($Lease['state'] -cne 'open' -or $Lease['written'] -ne 0) { return $false }
    return ([string]::CompareOrdinal((Get-ServerTime), $Lease['expires']) -gt 0)
}

function Save-Lease {
    # Keeps the lease, renewed; times are compared as texts, which have one form.
    param($Lease)
    $Lease['expires'] = Format-Time ([System.DateTime]::UtcNow.AddMinutes($Lease['minutes']))
    Write-Record $script:LeaseName $Lease
    return $Lease
}
