# Reading a sync server for reconciler: three functions that answer JSON text and change nothing.
# Windows PowerShell 5.1. What is read is projected field by field; nothing is decided here.

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

foreach ($part in 'Json', 'Reply', 'Product', 'Rules', 'Connectors', 'Sections', 'Revisions', 'Records') {
    . (Join-Path -Path $PSScriptRoot -ChildPath ($part + '.ps1'))
}

function Get-ReconcilerInfo {
    <#
    .SYNOPSIS
        Says what server this is, what this bridge can do, and whether the engine is busy.
    #>
    [CmdletBinding()]
    param()
    try {
        $live = New-Live
        $reply = New-Reply -Value (Get-InfoTree $live) -Generation (Get-Generation $live)
    }
    catch {
        $reply = New-Reply -Failure (Get-Failure $_)
    }
    Write-Reply (ConvertTo-ReconcilerJson $reply)
}

function Get-ReconcilerState {
    <#
    .SYNOPSIS
        Answers the named sections of the server's configuration.
    .PARAMETER Section
        Names separated by commas: settings, connectors, rules, schemas, hierarchy, overrides,
        statistics, revisions.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $Section)
    try {
        $names = Get-SectionNames $Section
        $live = New-Live
        $reply = New-Reply -Value (Get-StateTree $live $names) -Generation (Get-Generation $live)
    }
    catch {
        $reply = New-Reply -Failure (Get-Failure $_)
    }
    Write-Reply (ConvertTo-ReconcilerJson $reply)
}

function Get-ReconcilerOutcome {
    <#
    .SYNOPSIS
        Says what became of a change: not seen, running, or done with its reply.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $Id)
    try {
        $record = Read-Record (Get-OutcomeName $Id)
        $value = [ordered]@{ state = 'not-seen'; result = $null }
        if ($null -ne $record) {
            $value = [ordered]@{ state = $record['state']; result = $record['result'] }
        }
        $reply = New-Reply -Value $value
    }
    catch {
        $reply = New-Reply -Failure (Get-Failure $_)
    }
    Write-Reply (ConvertTo-ReconcilerJson $reply)
}

function Get-InfoTree {
    param([hashtable] $Live)
    $settings = Get-LiveSettings $Live
    $scheduler = Get-LiveScheduler $Live
    return [ordered]@{
        bridge = $script:Bridge
        contract = $script:Contract
        capabilities = Get-Capabilities
        powershell = $PSVersionTable.PSVersion.ToString()
        server = Get-ServerName
        build = Get-Build $settings
        module_version = (Get-Module -Name ADSync).Version.ToString()
        instance = $settings.InstanceId.ToString()
        tenant = Get-Tenant (Get-LiveConnectors $Live)
        scheduler = ConvertTo-SchedulerTree $scheduler
        is_cycle_running = [bool] $scheduler.SyncCycleInProgress
        running_connectors = Get-BusyConnectors
        is_wizard_open = Test-WizardOpen $Live
        cmdlets = Get-CmdletMap
        lease = Read-Record 'lease.json'
    }
}

function Get-Capabilities {
    # What this session was given, not what is installed on the machine.
    $capabilities = New-Object -TypeName System.Collections.ArrayList
    [void] $capabilities.Add('read')
    if ($null -ne (Get-Module -Name ReconcilerApply)) { [void] $capabilities.Add('apply') }
    if ($null -ne (Get-Module -Name ReconcilerUnsupported)) { [void] $capabilities.Add('unsupported') }
    return , $capabilities.ToArray()
}

function Get-Build {
    param($Settings)
    foreach ($parameter in $Settings.Parameters) {
        if ($parameter.Name -ceq 'Microsoft.Synchronize.ServerConfigurationVersion') { return [string] $parameter.Value }
    }
    return ''
}

function Get-Tenant {
    # The Entra connector is called "<tenant> - AAD".
    param([object[]] $Connectors)
    foreach ($connector in $Connectors) {
        if ($connector.Identifier -eq $script:EntraConnector) {
            return (([string] $connector.Name) -split ' - ')[0].Trim()
        }
    }
    return ''
}

Export-ModuleMember -Function 'Get-ReconcilerInfo', 'Get-ReconcilerState', 'Get-ReconcilerOutcome'
