# One change from request to reply: what must hold before, the write between two records of it, and
# what the server says afterwards.

function Invoke-Change {
    # Returns the reply of a change. The caller holds the lock.
    param($Request)
    $op = $Request['op']
    $name = Get-OutcomeName $Request['id']
    $hash = Get-Sha256 (ConvertTo-ReconcilerJson $op)
    $recorded = Read-Record $name
    if ($null -ne $recorded) { return Get-Recorded $recorded $hash }
    $isDry = Get-Flag $Request 'what_if'
    $run = Get-OptionalText $Request 'lease'
    if ($null -eq $run -and -not $isDry) {
        Stop-Reconciler -Code 'lease-required' -Target 'lease' -Text 'a change needs a lease; open one first'
    }
    $lease = $null
    if ($null -ne $run) { $lease = Get-OwnLease $run }
    $live = New-Live
    $kind = $script:Verbs[(Get-Word $op 'verb' @($script:Verbs.Keys | Sort-Object))]
    $work = & ('New-' + $kind + 'Work') $live $op
    Assert-Supported $work
    Assert-Expected $live (Get-Items $op 'expect')
    if ($isDry) {
        $value = [ordered]@{ facets = (Get-FacetList $live $work.facets -WithTree); what_if = $true }
        return New-Reply -Id $Request['id'] -Value $value -Revision (Get-FirstRevision $value.facets)
    }
    if (-not $work.while_busy) { Assert-Idle $live }
    Save-Beginning $Request $lease $work
    Write-Record $name ([ordered]@{ state = 'running'; op = $hash; run = $run; began = (Get-ServerTime); result = $null })
    $reply = Get-ReplyOfWork $Request $kind $live $work
    Save-Result $Request $lease $reply
    Write-Record $name ([ordered]@{ state = 'done'; op = $hash; run = $run; began = $null; result = $reply })
    return $reply
}

function Get-Recorded {
    # An id is answered once and for all; one that was begun and never ended stays unknown.
    param($Recorded, [string] $Hash)
    if ($Recorded['op'] -cne $Hash) {
        Stop-Reconciler -Code 'bad-request' -Target 'id' -Text 'this id was used for another change'
    }
    if ($Recorded['state'] -cne 'done') {
        Stop-Reconciler -Code 'running' -Target 'id' -Text ('the change was begun at ' + $Recorded['began'] + ' and its end was not recorded; read the server')
    }
    return $Recorded['result']
}

function Assert-Supported {
    # Ends the call where this build lacks a cmdlet or parameter, or asks for one that we do not know.
    param([hashtable] $Work)
    foreach ($cmdlet in (Get-Sorted @($Work.needs.Keys))) {
        $command = Get-Command -Name $cmdlet -ErrorAction SilentlyContinue
        if ($null -eq $command) {
            Stop-Reconciler -Code 'unsupported-here' -Target $cmdlet -Text ('this build has no ' + $cmdlet)
        }
        foreach ($parameter in $Work.needs[$cmdlet]) {
            if (-not $command.Parameters.ContainsKey($parameter)) {
                Stop-Reconciler -Code 'unsupported-here' -Target ($cmdlet + ' -' + $parameter) -Text ('on this build ' + $cmdlet + ' has no parameter ' + $parameter)
            }
        }
        if (-not (Test-Callable $command $Work.needs[$cmdlet])) {
            Stop-Reconciler -Code 'unsupported-here' -Target $cmdlet -Text ('on this build ' + $cmdlet + ' needs more than the bridge can give, such as a person who signs in')
        }
    }
}

function Test-Callable {
    # Whether some parameter set takes what is given and asks for nothing else.
    param($Command, [object[]] $Given)
    foreach ($set in $Command.ParameterSets) {
        $known = @($set.Parameters | ForEach-Object { $_.Name })
        $asked = @($set.Parameters | Where-Object { $_.IsMandatory } | ForEach-Object { $_.Name })
        if (@($Given | Where-Object { $known -notcontains $_ }).Count -eq 0 -and @($asked | Where-Object { $Given -notcontains $_ }).Count -eq 0) { return $true }
    }
    return $false
}

function Assert-Idle {
    param([hashtable] $Live)
    if (Test-WizardOpen $Live) {
        Stop-Reconciler -Code 'wizard-open' -Target 'server' -Text 'the wizard is open, or it left the scheduler suspended'
    }
    $connectors = Get-BusyConnectors
    if ((Get-LiveScheduler $Live).SyncCycleInProgress -or $connectors.Count -gt 0) {
        Stop-Reconciler -Code 'busy' -Target 'server' -Text 'a cycle or a run profile is running' -Value ([ordered]@{ running_connectors = $connectors })
    }
}

function Get-ReplyOfWork {
    # Writes, reads back, and says how it went. From here on every end is an outcome.
    param($Request, [string] $Kind, [hashtable] $Live, [hashtable] $Work)
    $failure = $null
    $facets = @()
    try {
        [void] (& ('Invoke-' + $Kind + 'Work') $Live $Work)
    }
    catch {
        $failure = Get-Failure $_
    }
    try {
        $after = New-Live
        if ($null -eq $failure) {
            $wrong = & ('Test-' + $Kind + 'Work') $after $Work
            if ($wrong.Count -gt 0) {
                $failure = @{ code = 'ignored'; target = ($wrong -join ', '); text = 'the product took the change, and it is not there when read back'; value = $null }
            }
        }
        $facets = Get-FacetList $after $Work.facets -WithTree
    }
    catch {
        if ($null -eq $failure) { $failure = Get-Failure $_ }
    }
    $value = [ordered]@{ facets = $facets }
    if ($null -ne $Work.path) { $value['path'] = $Work.path }
    if ($null -ne $failure) { $failure['value'] = $value }
    return New-Reply -Id $Request['id'] -Value $value -Failure $failure -Revision (Get-FirstRevision $facets)
}

function Get-FirstRevision {
    param([object[]] $Facets)
    if ($Facets.Count -eq 0) { return $null }
    return $Facets[0].revision
}

function Save-Beginning {
    # Before the write, so that it is true whatever happens then: a lease whose run may have written
    # does not expire, and one whose run may have stopped the scheduler says so.
    param($Request, $Lease, [hashtable] $Work)
    $op = $Request['op']
    if ($op['verb'] -cne 'back-up') { $Lease['written'] = $Lease['written'] + 1 }
    if ($op['verb'] -ceq 'set-scheduler' -and $Work.wanted.Contains('cycle_enabled') -and -not $Work.wanted['cycle_enabled'] -and $Lease['state'] -ceq 'open') {
        $Lease['state'] = 'stopped'
    }
    $Lease['last_request'] = $Request['id']
    $Lease['last_result'] = 'running'
    [void] (Save-Lease $Lease)
}

function Save-Result {
    param($Request, $Lease, $Reply)
    $result = 'done'
    if (-not $Reply.ok) { $result = $Reply.error.code }
    $Lease['last_result'] = $result
    [void] (Save-Lease $Lease)
    $op = $Request['op']
    $details = [ordered]@{ id = $Request['id']; verb = $op['verb']; target = $op['target']; group = $Request['group']; result = $result }
    Write-BridgeEvent 4110 'change' $Lease $details -IsWarning:($result -cne 'done')
}
