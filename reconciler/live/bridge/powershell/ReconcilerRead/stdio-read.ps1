# The read bridge as a process: one request a line on standard input, one reply a line on standard
# output, each "RC1 " and base64 of UTF-8 JSON. The end of the input ends it.

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
Import-Module -Name (Join-Path -Path $PSScriptRoot -ChildPath 'ReconcilerRead.psd1')
. (Join-Path -Path $PSScriptRoot -ChildPath 'Stdio.ps1')

Start-Stdio -Parameters @{
    'Get-ReconcilerInfo' = ''
    'Get-ReconcilerState' = 'Section'
    'Get-ReconcilerOutcome' = 'Id'
}
