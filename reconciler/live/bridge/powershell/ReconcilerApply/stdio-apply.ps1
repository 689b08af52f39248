# The apply bridge as a process: as stdio-read.ps1, with the functions that change the server. Which
# key or account may start it is the whole separation between the two entries.

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$modules = Split-Path -Path $PSScriptRoot -Parent
foreach ($module in 'ReconcilerRead', 'ReconcilerApply', 'ReconcilerUnsupported') {
    $manifest = Join-Path -Path $modules -ChildPath ($module + '/' + $module + '.psd1')
    # the third one is there only where it was asked for
    if (Test-Path -LiteralPath $manifest) { Import-Module -Name $manifest }
}
. (Join-Path -Path $modules -ChildPath 'ReconcilerRead/Stdio.ps1')

Start-Stdio -Parameters @{
    'Get-ReconcilerInfo' = ''
    'Get-ReconcilerState' = 'Section'
    'Get-ReconcilerOutcome' = 'Id'
    'Open-ReconcilerLease' = 'Request'
    'Update-ReconcilerLease' = 'Request'
    'Close-ReconcilerLease' = 'Request'
    'Reset-ReconcilerLease' = 'Request'
    'Invoke-ReconcilerChange' = 'Request'
}
