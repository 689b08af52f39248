# Writes the files of both endpoints into a folder, as the installer does, and those that PowerShell
# serves over SSH; says as JSON which keys each has.
param([string] $Modules, [string] $Folder)

$ErrorActionPreference = 'Stop'
. (Join-Path $Modules 'Endpoints.ps1')
$keys = [ordered]@{}
foreach ($entry in (Get-Endpoints).GetEnumerator()) {
    $endpoint = $entry.Value
    $files = [ordered]@{
        role = Join-Path $Folder "$($entry.Key).psrc"; windows = Join-Path $Folder "$($entry.Key).windows.pssc"; plain = Join-Path $Folder "$($entry.Key).pssc"
    }
    New-RoleFile $endpoint $Modules $files.role
    New-SessionFile $endpoint 'CONTOSO\Reconciler' 'C:\ProgramData\reconciler\transcripts' 'ADSyncAdmins' '' $files.windows
    New-PlainSessionFile $endpoint $Modules $files.plain
    $keys[$entry.Key] = [ordered]@{}
    foreach ($kind in $files.Keys) { $keys[$entry.Key][$kind] = Import-PowerShellDataFile $files[$kind] }
}
ConvertTo-Json -Depth 6 -Compress $keys
