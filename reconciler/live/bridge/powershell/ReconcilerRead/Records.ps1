# The bridge's own folder on the server, as far as it is read: the lease and the outcomes of changes.

function Get-RecordFolder {
    # ProgramData on Windows; tests name a folder of their own.
    if ($env:RECONCILER_BRIDGE_FOLDER) { return [string] $env:RECONCILER_BRIDGE_FOLDER }
    $data = [System.Environment]::GetFolderPath([System.Environment+SpecialFolder]::CommonApplicationData)
    return (Join-Path -Path $data -ChildPath 'reconciler')
}

function Get-RecordPath {
    param([string] $Name)
    return (Join-Path -Path (Get-RecordFolder) -ChildPath $Name)
}

function Read-Record {
    # Returns the tree in a file of the folder; $null where there is no such file. One that is being
    # replaced just now is there again in a moment.
    param([string] $Name)
    $path = Get-RecordPath $Name
    for ($attempt = 1; [System.IO.File]::Exists($path); $attempt++) {
        try {
            return (ConvertFrom-ReconcilerJson ([System.IO.File]::ReadAllText($path)))
        }
        catch [System.IO.IOException] {
            if ($attempt -ge 20) { throw }
            [System.Threading.Thread]::Sleep(25)
        }
    }
    return $null
}

function Get-OutcomeName {
    param([string] $Id)
    if ($Id -cnotmatch '\A[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z') {
        Stop-Reconciler -Code 'bad-request' -Target 'id' -Text 'an id has 1 to 100 letters, digits, dots, dashes or underscores and begins with a letter or digit'
    }
    return (Join-Path -Path 'outcomes' -ChildPath ($Id + '.json'))
}
