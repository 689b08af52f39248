# The answer of every function: one JSON text of one shape, also when something went wrong.

$script:Bridge = '1.0.0'
$script:Contract = '1.0'
$script:PieceLength = 60000

function Stop-Reconciler {
    # Ends the call with one of the contract's error codes; Value is what the reply should carry.
    param([string] $Code, [string] $Target = '', [string] $Text, $Value = $null)
    $exception = New-Object -TypeName System.InvalidOperationException -ArgumentList $Text
    $exception.Data['code'] = $Code
    $exception.Data['target'] = $Target
    $exception.Data['value'] = $Value
    $category = [System.Management.Automation.ErrorCategory]::InvalidOperation
    throw (New-Object -TypeName System.Management.Automation.ErrorRecord -ArgumentList $exception, ('Reconciler.' + $Code), $category, $null)
}

function Get-Failure {
    # Returns code, target, text and value of a caught error. What a cmdlet of the product raised is
    # a refusal; everything else that we did not raise ourselves is a defect of the bridge.
    param([System.Management.Automation.ErrorRecord] $Record)
    $exception = $Record.Exception
    if ($exception.Data.Contains('code')) {
        return [ordered]@{
            code = $exception.Data['code']; target = $exception.Data['target']
            text = $exception.Message; value = $exception.Data['value']
        }
    }
    $name = ''
    if ($null -ne $Record.InvocationInfo -and $null -ne $Record.InvocationInfo.MyCommand) {
        $name = [string] $Record.InvocationInfo.MyCommand.Name
    }
    if ($name -match '-(ADSync|ItemProperty)') {
        return [ordered]@{ code = 'refused'; target = $name; text = $exception.Message; value = $null }
    }
    $line = ''
    if ($null -ne $Record.InvocationInfo) {
        $line = [System.IO.Path]::GetFileName([string] $Record.InvocationInfo.ScriptName) + ':' + $Record.InvocationInfo.ScriptLineNumber
    }
    return [ordered]@{ code = 'defect'; target = $line; text = $exception.Message; value = $null }
}

function New-Reply {
    # Returns the reply as a tree; only a failure has an error.
    param([string] $Id = '', $Value = $null, $Failure = $null, $Revision = $null, $Generation = $null)
    $fault = $null
    if ($null -ne $Failure) {
        $fault = [ordered]@{ code = $Failure.code; target = $Failure.target; text = $Failure.text }
        $Value = $Failure.value
    }
    return [ordered]@{
        contract = $script:Contract; id = $Id; ok = ($null -eq $Failure); value = $Value; error = $fault
        revision = $Revision; server_time = (Get-ServerTime); generation = $Generation
    }
}

function Write-Reply {
    # Puts the text out in pieces that remoting carries well; the caller joins them.
    param([string] $Text)
    for ($from = 0; $from -lt $Text.Length; $from += $script:PieceLength) {
        $Text.Substring($from, [System.Math]::Min($script:PieceLength, $Text.Length - $from))
    }
}

function Get-ServerTime {
    return (Format-Time ([System.DateTime]::UtcNow))
}

function Format-Time {
    param([System.DateTime] $Time)
    return $Time.ToString('yyyy-MM-ddTHH:mm:ssZ', [System.Globalization.CultureInfo]::InvariantCulture)
}

function Get-Sha256 {
    param([string] $Text)
    $algorithm = [System.Security.Cryptography.SHA256]::Create()
    try {
        $bytes = $algorithm.ComputeHash([System.Text.Encoding]::UTF8.GetBytes($Text))
    }
    finally {
        $algorithm.Dispose()
    }
    return [System.BitConverter]::ToString($bytes).Replace('-', '').ToLowerInvariant()
}
