<#
.SYNOPSIS
    Installs, upgrades or removes the bridge of reconciler on a sync server.
.DESCRIPTION
    Copies the modules, makes the bridge's own folder and event source, and registers two constrained
    endpoints: one that reads and one that applies. Run it again to upgrade. -WhatIf shows every step
    and does none. Run it in Windows PowerShell 5.1 as an administrator of the server.
.PARAMETER ReadGroup
    Who may connect to the endpoint Reconciler.Read, such as CONTOSO\Reconciler Readers.
.PARAMETER ApplyGroup
    Who may connect to the endpoint Reconciler.Apply. Without it that endpoint is not registered.
.PARAMETER AllowUnsupported
    Installs the third module too: writes of whole connectors, which the vendor does not support.
.PARAMETER ServiceGroup
    The local group that the endpoints' virtual accounts belong to.
.PARAMETER ManagedAccount
    A group managed service account to run as instead, such as CONTOSO\reconciler$. On a domain
    controller a virtual account would be a domain administrator: there, this is required.
.PARAMETER NoEndpoints
    Installs the modules only, for the process transport (a local runner, or SSH with a forced command).
.PARAMETER Uninstall
    Removes endpoints, event source and modules. The bridge's folder with its records stays.
.PARAMETER Force
    Goes on although a run has the lease of this server.
#>
[CmdletBinding(SupportsShouldProcess = $true)]
param(
    [string] $ReadGroup = '',
    [string] $ApplyGroup = '',
    [switch] $AllowUnsupported,
    [string] $ServiceGroup = 'ADSyncAdmins',
    [string] $ManagedAccount = '',
    [switch] $NoEndpoints,
    [switch] $Uninstall,
    [switch] $Force,
    [string] $Modules = '',
    [string] $Folder = ''
)

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
. (Join-Path -Path $PSScriptRoot -ChildPath 'Endpoints.ps1')

$isWindows5 = ($PSVersionTable.PSVersion.Major -eq 5)
$source = 'Reconciler'
if ($Modules -eq '') { $Modules = Join-Path -Path ([System.Environment]::GetFolderPath('ProgramFiles')) -ChildPath 'WindowsPowerShell\Modules' }
if ($Folder -eq '') { $Folder = Join-Path -Path ([System.Environment]::GetFolderPath('CommonApplicationData')) -ChildPath 'reconciler' }
$names = @('ReconcilerRead', 'ReconcilerApply')
if ($AllowUnsupported) { $names += 'ReconcilerUnsupported' }

function Assert-Possible {
    if (-not $isWindows5 -and -not $NoEndpoints -and -not $WhatIfPreference) {
        throw 'run this in Windows PowerShell 5.1: endpoints registered from PowerShell 7 cannot load the ADSync module'
    }
    if (-not $Uninstall -and -not $NoEndpoints -and $ReadGroup -eq '') {
        throw 'name the group that may read with -ReadGroup, or install the modules only with -NoEndpoints'
    }
    if ((Test-Path -LiteralPath (Join-Path -Path $Folder -ChildPath 'lease.json')) -and -not $Force) {
        throw ('a run has the lease of this server (' + $Folder + '): end it first, or use -Force')
    }
}

function Install-Modules {
    # Beside the old folder first, so that no session finds half a module.
    foreach ($name in $names) {
        $target = Join-Path -Path $Modules -ChildPath $name
        if (-not $PSCmdlet.ShouldProcess($target, 'copy the module ' + $name)) { continue }
        $part = $target + '.part'
        if (Test-Path -LiteralPath $part) { Remove-Item -LiteralPath $part -Recurse -Force }
        New-Item -ItemType 'Directory' -Path $Modules -Force | Out-Null
        Copy-Item -LiteralPath (Join-Path -Path $PSScriptRoot -ChildPath $name) -Destination $part -Recurse
        if (Test-Path -LiteralPath $target) { Remove-Item -LiteralPath $target -Recurse -Force }
        Move-Item -LiteralPath $part -Destination $target
    }
    if (-not $AllowUnsupported) { Uninstall-Module 'ReconcilerUnsupported' }
}

function Uninstall-Module {
    param([string] $Name)
    $target = Join-Path -Path $Modules -ChildPath $Name
    if ((Test-Path -LiteralPath $target) -and $PSCmdlet.ShouldProcess($target, 'remove the module ' + $Name)) {
        Remove-Item -LiteralPath $target -Recurse -Force
    }
}

function Install-Folder {
    # Lease, outcomes, backups, transcripts: for the endpoints' account, administrators and the system.
    if ($PSCmdlet.ShouldProcess($Folder, 'make the folder of the bridge')) {
        foreach ($name in 'outcomes', 'backups', 'transcripts', 'endpoints') {
            New-Item -ItemType 'Directory' -Path (Join-Path -Path $Folder -ChildPath $name) -Force | Out-Null
        }
    }
    if ([System.Environment]::OSVersion.Platform -ne 'Win32NT') { return }
    $account = $ServiceGroup
    if ($ManagedAccount -ne '') { $account = $ManagedAccount }
    if ($PSCmdlet.ShouldProcess($Folder, 'let only the system, administrators and ' + $account + ' use it')) {
        $acl = New-Object -TypeName System.Security.AccessControl.DirectorySecurity
        $acl.SetAccessRuleProtection($true, $false)
        $system = New-Object -TypeName System.Security.Principal.SecurityIdentifier -ArgumentList 'S-1-5-18'
        $administrators = New-Object -TypeName System.Security.Principal.SecurityIdentifier -ArgumentList 'S-1-5-32-544'
        $own = New-Object -TypeName System.Security.Principal.NTAccount -ArgumentList $account
        foreach ($entry in @($system, 'FullControl'), @($administrators, 'FullControl'), @($own, 'Modify')) {
            $acl.AddAccessRule((New-Object -TypeName System.Security.AccessControl.FileSystemAccessRule -ArgumentList $entry[0], $entry[1], 'ContainerInherit,ObjectInherit', 'None', 'Allow'))
        }
        Set-Acl -LiteralPath $Folder -AclObject $acl
    }
}

function Install-EventSource {
    if (-not $isWindows5 -or [System.Diagnostics.EventLog]::SourceExists($source)) { return }
    if ($PSCmdlet.ShouldProcess($source, 'register the source of events in the Application log')) {
        New-EventLog -LogName 'Application' -Source $source
    }
}

function Install-Endpoint {
    param([hashtable] $Endpoint, [string] $Group)
    $role = Join-Path -Path $Modules -ChildPath ($Endpoint.Role + '/RoleCapabilities/' + $Endpoint.Role + '.psrc')
    $file = Join-Path -Path $Folder -ChildPath ('endpoints/' + $Endpoint.Name + '.pssc')
    if ($PSCmdlet.ShouldProcess($role, 'write the role capability')) {
        New-Item -ItemType 'Directory' -Path (Split-Path -Path $role -Parent) -Force | Out-Null
        New-RoleFile $Endpoint $Modules $role
    }
    if ($PSCmdlet.ShouldProcess($Endpoint.Name, 'register the endpoint for ' + $Group)) {
        New-SessionFile $Endpoint $Group (Join-Path -Path $Folder -ChildPath 'transcripts') $ServiceGroup $ManagedAccount $file
        Unregister-Endpoint $Endpoint.Name
        Register-PSSessionConfiguration -Name $Endpoint.Name -Path $file -Force -NoServiceRestart | Out-Null
    }
}

function Unregister-Endpoint {
    param([string] $Name)
    if ($null -ne (Get-PSSessionConfiguration -Name $Name -ErrorAction SilentlyContinue)) {
        Unregister-PSSessionConfiguration -Name $Name -Force -NoServiceRestart
    }
}

function Restart-Remoting {
    if ($PSCmdlet.ShouldProcess('WinRM', 'restart the service, which ends open sessions')) { Restart-Service -Name 'WinRM' }
}

function Remove-Bridge {
    if (-not $NoEndpoints) {
        foreach ($endpoint in (Get-Endpoints).Values) {
            if ($PSCmdlet.ShouldProcess($endpoint.Name, 'unregister the endpoint')) { Unregister-Endpoint $endpoint.Name }
        }
        Restart-Remoting
    }
    if ($isWindows5 -and [System.Diagnostics.EventLog]::SourceExists($source) -and $PSCmdlet.ShouldProcess($source, 'remove the source of events')) {
        Remove-EventLog -Source $source
    }
    foreach ($name in 'ReconcilerRead', 'ReconcilerApply', 'ReconcilerUnsupported') { Uninstall-Module $name }
    Write-Output ('the records of the bridge stay in ' + $Folder)
}

Assert-Possible
if ($Uninstall) {
    Remove-Bridge
    return
}
Install-Modules
Install-Folder
Install-EventSource
if (-not $NoEndpoints) {
    $endpoints = Get-Endpoints
    Install-Endpoint $endpoints.Read $ReadGroup
    if ($ApplyGroup -ne '') { Install-Endpoint $endpoints.Apply $ApplyGroup }
    Restart-Remoting
}
if (-not $WhatIfPreference) { Write-Output ('installed in ' + $Modules + ': ' + ($names -join ', ')) }
