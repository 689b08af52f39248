# Changing a sync server for reconciler: one change a call, under a lease, checked where it is made.
# Windows PowerShell 5.1. What should change, and in which order, is decided elsewhere.

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
# some cmdlets ask before they write, and nobody is there to answer
$ConfirmPreference = 'None'

$script:Shared = Join-Path -Path (Split-Path -Path $PSScriptRoot -Parent) -ChildPath 'ReconcilerRead'
foreach ($part in 'Json', 'Reply', 'Product', 'Rules', 'Connectors', 'Sections', 'Revisions', 'Records') {
    . (Join-Path -Path $script:Shared -ChildPath ($part + '.ps1'))
}
foreach ($part in 'Requests', 'Keeping', 'Leases', 'Facets', 'RuleBuilding', 'Verbs', 'SettingVerbs', 'RuleVerbs', 'ConnectorVerbs', 'Changes') {
    . (Join-Path -Path $PSScriptRoot -ChildPath ($part + '.ps1'))
}

function Open-ReconcilerLease {
    <#
    .SYNOPSIS
        Takes the lease of this server for a run, or renews the run's own.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $Request)
    Write-Reply (Get-LeaseReply 'Open-Lease' $Request @('run', 'owner', 'plan_hash', 'commit', 'minutes'))
}

function Update-ReconcilerLease {
    <#
    .SYNOPSIS
        Renews the lease of a run, or marks it stopped or held.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $Request)
    Write-Reply (Get-LeaseReply 'Update-Lease' $Request @('run', 'minutes') @('state'))
}

function Close-ReconcilerLease {
    <#
    .SYNOPSIS
        Ends the lease of a run that put the server in order, or was released.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $Request)
    Write-Reply (Get-LeaseReply 'Close-Lease' $Request @('run', 'outcome'))
}

function Reset-ReconcilerLease {
    <#
    .SYNOPSIS
        Breaks the lease of a run that will not end it, for a reason that is logged.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $Request)
    Write-Reply (Get-LeaseReply 'Reset-Lease' $Request @('run', 'reason'))
}

function Invoke-ReconcilerChange {
    <#
    .SYNOPSIS
        Makes exactly one change, or answers the outcome of the change with the same id.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $Request)
    $id = ''
    try {
        $tree = Read-Request $Request @('lease', 'group', 'what_if', 'op')
        $id = $tree['id']
        Assert-Members $tree['op'] 'op' @('verb', 'target', 'expect', 'value')
        $lock = Enter-Lock
        try { $reply = Invoke-Change $tree }
        finally { $lock.Dispose() }
    }
    catch {
        $reply = New-Reply -Id $id -Failure (Get-Failure $_)
    }
    Write-Reply (ConvertTo-ReconcilerJson $reply)
}

function Get-LeaseReply {
    param([string] $Action, [string] $Text, [string[]] $Required, [string[]] $Optional = @())
    $id = ''
    try {
        $request = Read-Request $Text $Required $Optional
        $id = $request['id']
        $lock = Enter-Lock
        try { $reply = New-Reply -Id $id -Value (& $Action $request) }
        finally { $lock.Dispose() }
    }
    catch {
        $reply = New-Reply -Id $id -Failure (Get-Failure $_)
    }
    return (ConvertTo-ReconcilerJson $reply)
}

Export-ModuleMember -Function @(
    'Open-ReconcilerLease', 'Update-ReconcilerLease', 'Close-ReconcilerLease', 'Reset-ReconcilerLease', 'Invoke-ReconcilerChange')
