# The loop of the process entries. Which functions may be called, each with its one parameter, is the
# entry's to say.

foreach ($part in 'Json', 'Reply') {
    . (Join-Path -Path $PSScriptRoot -ChildPath ($part + '.ps1'))
}

function Start-Stdio {
    param([hashtable] $Parameters)
    # streams of bytes: the console's code page and buffer have no say
    $ascii = New-Object -TypeName System.Text.ASCIIEncoding
    $in = New-Object -TypeName System.IO.StreamReader -ArgumentList ([System.Console]::OpenStandardInput()), $ascii
    $out = New-Object -TypeName System.IO.StreamWriter -ArgumentList ([System.Console]::OpenStandardOutput()), $ascii
    $out.NewLine = "`n"
    while ($null -ne ($line = $in.ReadLine())) {
        if ($line.Trim() -eq '') { continue }
        $reply = Get-LineReply $line.Trim() $Parameters
        $out.WriteLine('RC1 ' + [System.Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes($reply)))
        $out.Flush()
    }
}

function Get-LineReply {
    param([string] $Line, [hashtable] $Parameters)
    try {
        $request = Read-RequestLine $Line
        $name = $request['function']
        if (-not $Parameters.ContainsKey($name)) {
            Stop-Reconciler -Code 'bad-request' -Target 'function' -Text ('this entry has no function "' + $name + '"')
        }
        $arguments = @{}
        foreach ($key in $request['arguments'].Keys) {
            if ($key -ne $Parameters[$name] -or $request['arguments'][$key] -isnot [string]) {
                Stop-Reconciler -Code 'bad-request' -Target $key -Text ('"' + $key + '" is no argument of ' + $name + ', or no text')
            }
            $arguments[$Parameters[$name]] = $request['arguments'][$key]
        }
        if ($Parameters[$name] -ne '' -and $arguments.Count -eq 0) {
            Stop-Reconciler -Code 'bad-request' -Target $Parameters[$name].ToLowerInvariant() -Text ($name + ' needs the argument "' + $Parameters[$name].ToLowerInvariant() + '"')
        }
        return ((& $name @arguments) -join '')
    }
    catch {
        return (ConvertTo-ReconcilerJson (New-Reply -Failure (Get-Failure $_)))
    }
}

function Read-RequestLine {
    param([string] $Line)
    $encoded = ''
    if ($Line.StartsWith('RC1 ', [System.StringComparison]::Ordinal)) { $encoded = $Line.Substring(4) }
    try {
        $text = [System.Text.Encoding]::UTF8.GetString([System.Convert]::FromBase64String($encoded))
    }
    catch {
        $text = ''
    }
    if ($text -eq '') {
        Stop-Reconciler -Code 'bad-request' -Target 'line' -Text 'a request is one line: RC1, a blank, and base64'
    }
    $request = ConvertFrom-ReconcilerJson $text
    if ($request -isnot [System.Collections.IDictionary] -or $request['function'] -isnot [string] -or $request['arguments'] -isnot [System.Collections.IDictionary]) {
        Stop-Reconciler -Code 'bad-request' -Target 'request' -Text 'a request has "function", a text, and "arguments", an object'
    }
    return $request
}
