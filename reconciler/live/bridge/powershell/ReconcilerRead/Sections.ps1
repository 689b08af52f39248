# What Get-ReconcilerState can be asked for. A section that the product refuses is named in the
# reply's list `refused`; the others are still there.

$script:Sections = @('settings', 'connectors', 'rules', 'schemas', 'hierarchy', 'overrides', 'statistics', 'revisions')

function Get-SectionNames {
    param([string] $Section)
    $names = @($Section.Split(',') | ForEach-Object { $_.Trim() } | Where-Object { $_ })
    if ($names.Count -eq 0) {
        Stop-Reconciler -Code 'bad-request' -Target 'section' -Text ('no section is named; expected some of: ' + ($script:Sections -join ', '))
    }
    foreach ($name in $names) {
        if ($script:Sections -cnotcontains $name) {
            Stop-Reconciler -Code 'bad-request' -Target 'section' -Text ('there is no section "' + $name + '"; expected some of: ' + ($script:Sections -join ', '))
        }
    }
    return , $names
}

function Get-StateTree {
    param([hashtable] $Live, [string[]] $Names)
    $refused = New-Object -TypeName System.Collections.ArrayList
    $state = [ordered]@{}
    foreach ($name in $Names) {
        try {
            $state[$name] = Get-SectionTree $Live $name $refused
        }
        catch {
            Add-Refusal $refused $name '' $_
        }
    }
    $state['refused'] = $refused.ToArray()
    return $state
}

function Add-Refusal {
    param([System.Collections.ArrayList] $Refused, [string] $Section, [string] $Target, [System.Management.Automation.ErrorRecord] $Record)
    $failure = Get-Failure $Record
    if ($failure.code -ne 'refused' -and $failure.code -ne 'unsupported-here') { throw $Record }
    if ($Target -eq '') { $Target = $failure.target }
    [void] $Refused.Add([ordered]@{ section = $Section; target = $Target; text = $failure.text })
}

function Get-SectionTree {
    param([hashtable] $Live, [string] $Name, [System.Collections.ArrayList] $Refused)
    switch -CaseSensitive ($Name) {
        'settings' { return Get-SettingsTree $Live }
        'connectors' { return , (Get-ConnectorTrees $Live) }
        'rules' { return , (Get-RuleTrees $Live) }
        'schemas' { return , (Get-SchemaTrees $Live) }
        'hierarchy' { return , (Get-HierarchyTrees $Live $Refused) }
        'overrides' { return , (Get-OverrideTrees $Live) }
        'statistics' { return , (Get-StatisticsTrees $Live $Refused) }
        'revisions' { return , (Get-RevisionTrees $Live) }
    }
}

function Get-SettingsTree {
    param([hashtable] $Live)
    return [ordered]@{
        parameters = ConvertTo-ParameterTree (Get-LiveSettings $Live).Parameters
        scheduler = ConvertTo-SchedulerTree (Get-LiveScheduler $Live)
        automatic_upgrade = Get-UpgradeTree
        audit_logging = Get-AuditLogging
    }
}

function ConvertTo-SchedulerTree {
    param($Scheduler)
    $customized = $null
    if ($null -ne $Scheduler.CustomizedSyncCycleInterval) { $customized = $Scheduler.CustomizedSyncCycleInterval.ToString() }
    return [ordered]@{
        allowed_interval = $Scheduler.AllowedSyncCycleInterval.ToString()
        effective_interval = $Scheduler.CurrentlyEffectiveSyncCycleInterval.ToString()
        customized_interval = $customized
        next_policy = $Scheduler.NextSyncCyclePolicyType.ToString()
        cycle_enabled = [bool] $Scheduler.SyncCycleEnabled
        maintenance_enabled = [bool] $Scheduler.MaintenanceEnabled
        purge_interval = $Scheduler.PurgeRunHistoryInterval.ToString()
        staging_mode = [bool] $Scheduler.StagingModeEnabled
        is_suspended = [bool] $Scheduler.SchedulerSuspended
        in_progress = [bool] $Scheduler.SyncCycleInProgress
    }
}

function Get-UpgradeTree {
    # Without -Detail the cmdlet gives the bare state; builds differ in what they have.
    if (Test-Parameter 'Get-ADSyncAutoUpgrade' 'Detail') {
        $answer = Get-ADSyncAutoUpgrade -Detail -ErrorAction Stop
    }
    else {
        $answer = Get-ADSyncAutoUpgrade -ErrorAction Stop
    }
    $state = Get-OptionalProperty $answer 'State'
    if ($null -eq $state) { $state = $answer }
    $reason = Get-OptionalProperty $answer 'SuspensionReason'
    if (-not $reason) { $reason = $null } else { $reason = [string] $reason }
    return [ordered]@{ state = $state.ToString(); reason = $reason }
}

function Get-ConnectorTrees {
    param([hashtable] $Live)
    if (-not $Live.ContainsKey('connector-trees')) {
        $all = Get-LiveConnectors $Live
        $Live['connector-trees'] = @(foreach ($connector in $all) { ConvertTo-ConnectorTree $connector $all })
    }
    return , $Live['connector-trees']
}

function Get-RuleTrees {
    param([hashtable] $Live)
    if (-not $Live.ContainsKey('rule-trees')) {
        $Live['rule-trees'] = @(foreach ($rule in (Get-LiveRules $Live)) { ConvertTo-RuleTree $rule })
    }
    return , $Live['rule-trees']
}

function Get-SchemaTrees {
    param([hashtable] $Live)
    $found = New-Object -TypeName System.Collections.ArrayList
    [void] $found.Add((ConvertTo-SchemaTree 'metaverse' (Get-ADSyncSchema -ErrorAction Stop)))
    foreach ($connector in (Get-LiveConnectors $Live)) {
        $schema = Get-ADSyncSchema -Connector $connector -ErrorAction Stop
        [void] $found.Add((ConvertTo-SchemaTree $connector.Identifier.ToString() $schema))
    }
    return , $found.ToArray()
}

function Get-HierarchyTrees {
    param([hashtable] $Live, [System.Collections.ArrayList] $Refused)
    $found = New-Object -TypeName System.Collections.ArrayList
    foreach ($connector in (Get-LiveConnectors $Live)) {
        if (-not (Test-ActiveDirectory $connector)) { continue }
        foreach ($partition in $connector.Partitions) {
            if (-not ($partition.Selected -and $partition.IsDomain)) { continue }
            try {
                [void] $found.Add((Get-HierarchyTree $connector $partition))
            }
            catch {
                Add-Refusal $Refused 'hierarchy' ([string] $partition.DN) $_
            }
        }
    }
    return , $found.ToArray()
}

function Get-OverrideTrees {
    param([hashtable] $Live)
    $found = New-Object -TypeName System.Collections.ArrayList
    foreach ($override in @(Get-ADSyncSchedulerConnectorOverride -ErrorAction Stop)) {
        if ($null -eq $override) { continue }
        [void] $found.Add([ordered]@{
                connector = $override.ConnectorIdentifier.ToString()
                full_import = [bool] $override.FullImportRequired
                full_sync = [bool] $override.FullSyncRequired
            })
    }
    return , $found.ToArray()
}

function Get-StatisticsTrees {
    param([hashtable] $Live, [System.Collections.ArrayList] $Refused)
    $found = New-Object -TypeName System.Collections.ArrayList
    foreach ($connector in (Get-LiveConnectors $Live)) {
        try {
            $counts = Get-ADSyncConnectorStatistics -ConnectorName $connector.Name -ErrorAction Stop
        }
        catch {
            Add-Refusal $Refused 'statistics' ([string] $connector.Name) $_
            continue
        }
        [void] $found.Add([ordered]@{
                connector = $connector.Identifier.ToString()
                export_adds = [int] $counts.ExportAdds
                export_updates = [int] $counts.ExportUpdates
                export_deletes = [int] $counts.ExportDeletes
            })
    }
    return , $found.ToArray()
}
