# Visits endpoints as a client would, each under the name of its host, and says as JSON what is to be
# had there.
param([string[]] $Hosts, [hashtable] $Options = @{ BatchMode = 'yes' })

$ErrorActionPreference = 'Stop'

function Invoke-There([object] $Session, [scriptblock] $Block) {
    try { [ordered]@{ text = (@(Invoke-Command -Session $Session -ScriptBlock $Block) -join ''); error = $null } }
    catch { [ordered]@{ text = $null; error = "$_" } }
}

function Get-Visit([object] $Session) {
    [ordered]@{
        commands = @(Invoke-Command -Session $Session -ScriptBlock { Get-Command } | ForEach-Object Name)
        info = Invoke-There $Session { Get-ReconcilerInfo }
        rules = Invoke-There $Session { Get-ReconcilerState -Section 'rules' }
        outcome = Invoke-There $Session { Get-ReconcilerOutcome -Id 'none' }
        lease = Invoke-There $Session { Open-ReconcilerLease -Request '{}' }
        change = Invoke-There $Session { Invoke-ReconcilerChange -Request '{}' }
        refused = @(
            Invoke-There $Session { 1 + 1 }
            Invoke-There $Session { [System.IO.File]::ReadAllText('/etc/hostname') }
            Invoke-There $Session { $env:PATH }
            Invoke-There $Session { function Get-Mine { }; Get-Mine }
            Invoke-There $Session { Get-ChildItem }
            Invoke-There $Session { Get-Content -Path '/etc/hostname' }
            Invoke-There $Session { Invoke-Expression -Command '1' }
            Invoke-There $Session { Get-ADSyncRule }
            Invoke-There $Session { Add-ADSyncRule }
            Invoke-There $Session { Save-ReconcilerConnector }
            Invoke-There $Session { Write-Record }
            Invoke-There $Session { Import-Module -Name ADSync }
        )
    }
}

$visits = [ordered]@{}
foreach ($name in $Hosts) {
    $session = New-PSSession -HostName $name -UserName ([Environment]::UserName) -Options $Options
    $visits[$name] = Get-Visit $session
    Remove-PSSession $session
}
ConvertTo-Json -Depth 4 -Compress $visits
