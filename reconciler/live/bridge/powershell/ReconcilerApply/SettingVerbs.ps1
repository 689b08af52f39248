# The verbs for the server's own settings: scheduler, automatic upgrade, audit logging.

function New-SchedulerWork {
    param([hashtable] $Live, $Op)
    Assert-Target $Op 'scheduler'
    $value = $Op['value']
    Assert-Members $value 'value' @() @('interval', 'cycle_enabled', 'maintenance_enabled', 'purge_interval')
    Assert-Any $value 'value'
    $ofScheduler = @{}
    $wanted = [ordered]@{}
    if ($value.Contains('interval')) {
        $ofScheduler['CustomizedSyncCycleInterval'] = Get-Span $value 'interval'
        $wanted['interval'] = $value['interval']
    }
    if ($value.Contains('cycle_enabled')) { $ofScheduler['SyncCycleEnabled'] = Get-Flag $value 'cycle_enabled' }
    if ($value.Contains('maintenance_enabled')) { $ofScheduler['MaintenanceEnabled'] = Get-Flag $value 'maintenance_enabled' }
    if ($value.Contains('purge_interval')) {
        [void] (Get-Text $value 'purge_interval')
        $ofScheduler['PurgeRunHistoryInterval'] = Get-Span $value 'purge_interval'
    }
    foreach ($key in 'cycle_enabled', 'maintenance_enabled', 'purge_interval') {
        if ($value.Contains($key)) { $wanted[$key] = $value[$key] }
    }
    $work = New-Work @('scheduler') @{ 'Set-ADSyncScheduler' = @($ofScheduler.Keys) } $wanted -WhileBusy
    $work['settings'] = $ofScheduler
    return $work
}

function Invoke-SchedulerWork {
    param([hashtable] $Live, [hashtable] $Work)
    $ofScheduler = $Work['settings']
    Set-ADSyncScheduler @ofScheduler -ErrorAction Stop
}

function Test-SchedulerWork {
    # No interval of one's own and the lowest allowed one are the same.
    param([hashtable] $Live, [hashtable] $Work)
    $found = Get-SchedulerFacet $Live
    $wanted = [ordered]@{}
    foreach ($key in $Work.wanted.Keys) { $wanted[$key] = $Work.wanted[$key] }
    $allowed = (Get-LiveScheduler $Live).AllowedSyncCycleInterval.ToString()
    foreach ($tree in $found, $wanted) {
        if ($tree.Contains('interval') -and $null -eq $tree['interval']) { $tree['interval'] = $allowed }
    }
    return , (Get-NotAsWanted $wanted $found)
}

function New-UpgradeWork {
    param([hashtable] $Live, $Op)
    Assert-Target $Op 'automatic-upgrade'
    Assert-Members $Op['value'] 'value' @('state')
    $states = @{ enabled = 'Enabled'; disabled = 'Disabled' }
    $state = $states[(Get-Word $Op['value'] 'state' @('enabled', 'disabled'))]
    return New-Work @('automatic-upgrade') @{ 'Set-ADSyncAutoUpgrade' = @('AutoUpgradeState') } ([ordered]@{ state = $state })
}

function Invoke-UpgradeWork {
    param([hashtable] $Live, [hashtable] $Work)
    Set-ADSyncAutoUpgrade -AutoUpgradeState $Work.wanted.state -ErrorAction Stop
}

function Test-UpgradeWork {
    param([hashtable] $Live, [hashtable] $Work)
    return , (Get-NotAsWanted $Work.wanted (Get-UpgradeTree))
}

function New-AuditWork {
    param([hashtable] $Live, $Op)
    Assert-Target $Op 'audit-logging'
    Assert-Members $Op['value'] 'value' @('enabled')
    return New-Work @('audit-logging') @{} ([ordered]@{ enabled = (Get-Flag $Op['value'] 'enabled') })
}

function Invoke-AuditWork {
    param([hashtable] $Live, [hashtable] $Work)
    Set-ItemProperty -Path $script:RegistryKey -Name 'AuditEventLogging' -Value ([int] $Work.wanted.enabled) -ErrorAction Stop
}

function Test-AuditWork {
    param([hashtable] $Live, [hashtable] $Work)
    return , (Get-NotAsWanted $Work.wanted ([ordered]@{ enabled = (Get-AuditLogging) }))
}
