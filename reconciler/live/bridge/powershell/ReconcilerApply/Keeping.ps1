# What the bridge keeps in its own folder, written so that a crash leaves the old text or the new one:
# the lease, the outcomes, a lock that makes changes wait for each other, and a log of events.

$script:LockSeconds = 30
$script:EventSource = 'Reconciler'

function Enter-Lock {
    # Returns the lock, held by this call alone on the whole server; its Dispose gives it back. The
    # system gives it back too when the process ends.
    [void] [System.IO.Directory]::CreateDirectory((Get-RecordPath 'outcomes'))
    $path = Get-RecordPath 'lock'
    $until = [System.DateTime]::UtcNow.AddSeconds($script:LockSeconds)
    while ($true) {
        try {
            return [System.IO.File]::Open($path, [System.IO.FileMode]::OpenOrCreate, [System.IO.FileAccess]::ReadWrite, [System.IO.FileShare]::None)
        }
        catch [System.IO.IOException] {
            if ([System.DateTime]::UtcNow -gt $until) {
                Stop-Reconciler -Code 'busy' -Target 'bridge' -Text 'another call of the bridge is at work on this server'
            }
            [System.Threading.Thread]::Sleep(50)
        }
    }
}

function Write-Record {
    param([string] $Name, $Tree)
    $path = Get-RecordPath $Name
    $part = $path + '.part'
    $bytes = [System.Text.Encoding]::ASCII.GetBytes((ConvertTo-ReconcilerJson $Tree))
    $stream = [System.IO.File]::Open($part, [System.IO.FileMode]::Create, [System.IO.FileAccess]::Write, [System.IO.FileShare]::None)
    try {
        $stream.Write($bytes, 0, $bytes.Length)
        $stream.Flush($true)
    }
    finally {
        $stream.Dispose()
    }
    if ([System.IO.File]::Exists($path)) { [System.IO.File]::Replace($part, $path, [System.Management.Automation.Language.NullString]::Value) }
    else { [System.IO.File]::Move($part, $path) }
}

function Remove-Record {
    param([string] $Name)
    [System.IO.File]::Delete((Get-RecordPath $Name))
}

function Get-Caller {
    # Returns who is at the other end: a constrained session runs under an account of its own.
    $sender = Get-Variable -Name 'PSSenderInfo' -Scope 'Global' -ErrorAction SilentlyContinue
    if ($null -ne $sender -and $null -ne $sender.Value) { return [string] $sender.Value.ConnectedUser }
    return [System.Environment]::UserName
}

function Write-BridgeEvent {
    # Writes to the Application log where there is one, else to a file. A log that cannot be written
    # never undoes what was done.
    param([int] $Number, [string] $What, $Lease, $Details, [switch] $IsWarning)
    $tree = [ordered]@{
        time = (Get-ServerTime); what = $What; caller = (Get-Caller); run = $Lease['run']; owner = $Lease['owner']
        plan_hash = $Lease['plan_hash']; commit = $Lease['commit']; details = $Details
    }
    $text = ConvertTo-ReconcilerJson $tree
    $type = 'Information'
    if ($IsWarning) { $type = 'Warning' }
    try {
        if ($null -ne (Get-Command -Name 'Write-EventLog' -ErrorAction SilentlyContinue)) {
            # an event holds at most 31,839 characters
            Write-EventLog -LogName 'Application' -Source $script:EventSource -EventId $Number -EntryType $type -Message ($text.Substring(0, [System.Math]::Min(30000, $text.Length))) -ErrorAction Stop
            return
        }
    }
    catch {
        $text = $text + ' ' + $_.Exception.Message.Replace("`r", ' ').Replace("`n", ' ')
    }
    try {
        [System.IO.File]::AppendAllText((Get-RecordPath 'events.log'), [string] $Number + ' ' + $type + ' ' + $text + "`n")
    }
    catch [System.IO.IOException] {
        return
    }
}
