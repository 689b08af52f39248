# JSON text of our own making. The JSON cmdlets of the two PowerShells differ (dates, depth, arrays of
# one element, a limit of 2 MB, keys that differ in case), so neither is used. Every string value is
# written with one leading "=" and must be read with one; keys are ours and ASCII.

$script:MustEscape = New-Object -TypeName System.Text.RegularExpressions.Regex -ArgumentList '[^\x20\x21\x23-\x5B\x5D-\x7E]'
$script:Token = New-Object -TypeName System.Text.RegularExpressions.Regex -ArgumentList (
    '\G[ \t\r\n]*(?:(?<text>"(?>(?:[^"\\\x00-\x1F]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*)")' +
    '|(?<number>-?(?:0|[1-9][0-9]{0,17})(?![0-9.eE]))|(?<word>true|false|null)|(?<mark>[{}\[\],:])|(?<end>\z))')
$script:DeepestNesting = 32

function ConvertTo-ReconcilerJson {
    # Returns a tree of dictionaries, lists, strings, whole numbers, booleans and $null as ASCII text.
    # A loop with its own stack: a call for each value would cost ten times as much.
    param($Value)
    $text = New-Object -TypeName System.Text.StringBuilder
    $open = New-Object -TypeName System.Collections.Stack
    $open.Push((Get-JsonFrame (, $Value) ''))
    while ($open.Count -gt 0) {
        $frame = $open.Peek()
        if (-not $frame.items.MoveNext()) {
            [void] $open.Pop()
            [void] $text.Append($frame.end)
            continue
        }
        [void] $text.Append($frame.before)
        $frame.before = ','
        $item = $frame.items.Current
        if ($frame.end -eq '}') {
            [void] $text.Append('"').Append($item.Key).Append('":')
            $item = $item.Value
        }
        if ($item -is [string]) {
            if ($script:MustEscape.IsMatch($item)) { Write-JsonEscaped $text $item }
            else { [void] $text.Append('"=').Append($item).Append('"') }
        }
        elseif ($null -eq $item) { [void] $text.Append('null') }
        elseif ($item -is [bool]) {
            if ($item) { [void] $text.Append('true') } else { [void] $text.Append('false') }
        }
        elseif ($item -is [int] -or $item -is [long]) {
            [void] $text.Append($item.ToString([System.Globalization.CultureInfo]::InvariantCulture))
        }
        elseif ($item -is [System.Collections.IDictionary]) {
            [void] $text.Append('{')
            $open.Push((Get-JsonFrame $item '}'))
        }
        elseif ($item -is [System.Collections.IList]) {
            [void] $text.Append('[')
            $open.Push((Get-JsonFrame $item ']'))
        }
        else {
            Stop-Reconciler -Code 'defect' -Text ('a value of type ' + $item.GetType().FullName + ' has no form in JSON')
        }
    }
    return $text.ToString()
}

function Get-JsonFrame {
    param($Items, [string] $End)
    return @{ items = $Items.GetEnumerator(); end = $End; before = '' }
}

function Write-JsonEscaped {
    param([System.Text.StringBuilder] $Text, [string] $Value)
    if ($Value.Length -gt 2000) {
        $escaped = Get-LongEscaped $Value
        if ($null -ne $escaped) {
            [void] $Text.Append('"=').Append($escaped).Append('"')
            return
        }
    }
    [void] $Text.Append('"=')
    $from = 0
    $found = $script:MustEscape.Match($Value)
    while ($found.Success) {
        $at = $found.Index
        [void] $Text.Append($Value, $from, $at - $from).Append('\u').Append(([int] $Value[$at]).ToString('x4'))
        $from = $at + 1
        $found = $found.NextMatch()
    }
    [void] $Text.Append($Value, $from, $Value.Length - $from).Append('"')
}

function Get-LongEscaped {
    # A long text has few different characters: each is replaced everywhere at once. $null where they
    # are many after all.
    param([string] $Value)
    $special = New-Object -TypeName 'System.Collections.Generic.HashSet[char]' -ArgumentList (, $Value.ToCharArray())
    $special.IntersectWith([char[]] @($special | Where-Object { $script:MustEscape.IsMatch([string] $_) }))
    if ($special.Count -gt 200) { return $null }
    # the backslash first, since every escape begins with one
    $escaped = $Value.Replace('\', (Get-Escape '\'))
    foreach ($character in $special) {
        if ($character -ne '\') { $escaped = $escaped.Replace([string] $character, (Get-Escape $character)) }
    }
    return $escaped
}

function Get-Escape {
    param([char] $Character)
    return ('\u' + ([int] $Character).ToString('x4'))
}

function ConvertFrom-ReconcilerJson {
    # Returns the tree that the text holds: ordered dictionaries, arrays, strings without their "=".
    # Anything else than one value in exactly this form is a bad request.
    param([string] $Text)
    $reader = @{ text = $Text; at = 0; kind = ''; token = '' }
    Step-JsonReader $reader
    $value = Read-JsonValue $reader 0
    if ($reader.kind -ne 'end') {
        Stop-JsonReader $reader 'text after the value'
    }
    if ($value -is [System.Array]) { return , $value }
    return $value
}

function Step-JsonReader {
    param([hashtable] $Reader)
    $found = $script:Token.Match($Reader.text, $Reader.at)
    if (-not $found.Success) {
        Stop-JsonReader $Reader 'no JSON'
    }
    foreach ($kind in 'text', 'mark', 'word', 'number', 'end') {
        $group = $found.Groups[$kind]
        if ($group.Success) {
            $Reader.kind = $kind
            $Reader.token = $group.Value
            $Reader.at = $found.Index + $found.Length
            return
        }
    }
}

function Read-JsonValue {
    param([hashtable] $Reader, [int] $Depth)
    if ($Depth -gt $script:DeepestNesting) {
        Stop-JsonReader $Reader 'nested too deeply'
    }
    $kind = $Reader.kind
    $token = $Reader.token
    if ($kind -eq 'mark' -and $token -eq '{') { return Read-JsonObject $Reader $Depth }
    if ($kind -eq 'mark' -and $token -eq '[') { return Read-JsonArray $Reader $Depth }
    if ($kind -eq 'mark' -or $kind -eq 'end') { Stop-JsonReader $Reader 'a value is missing' }
    Step-JsonReader $Reader
    if ($kind -eq 'number') {
        return [long]::Parse($token, [System.Globalization.CultureInfo]::InvariantCulture)
    }
    if ($kind -eq 'text') {
        if ($token[1] -cne '=') { Stop-JsonReader $Reader 'a text without a leading "="' }
        return Get-JsonText $token 2
    }
    if ($token -ceq 'true') { return $true }
    if ($token -ceq 'false') { return $false }
    return $null
}

function Read-JsonObject {
    param([hashtable] $Reader, [int] $Depth)
    $object = New-Object -TypeName System.Collections.Specialized.OrderedDictionary -ArgumentList ([System.StringComparer]::Ordinal)
    Step-JsonReader $Reader
    while (-not ($Reader.kind -eq 'mark' -and $Reader.token -eq '}')) {
        if ($object.Count -gt 0) { Skip-JsonMark $Reader ',' }
        if ($Reader.kind -ne 'text') { Stop-JsonReader $Reader 'a key is missing' }
        $key = Get-JsonText $Reader.token 1
        if ($object.Contains($key)) { Stop-JsonReader $Reader ('the key ' + $key + ' a second time') }
        Step-JsonReader $Reader
        Skip-JsonMark $Reader ':'
        $object[$key] = Read-JsonValue $Reader ($Depth + 1)
    }
    Step-JsonReader $Reader
    return $object
}

function Read-JsonArray {
    param([hashtable] $Reader, [int] $Depth)
    $items = New-Object -TypeName System.Collections.ArrayList
    Step-JsonReader $Reader
    while (-not ($Reader.kind -eq 'mark' -and $Reader.token -eq ']')) {
        if ($items.Count -gt 0) { Skip-JsonMark $Reader ',' }
        [void] $items.Add((Read-JsonValue $Reader ($Depth + 1)))
    }
    Step-JsonReader $Reader
    return , $items.ToArray()
}

function Skip-JsonMark {
    param([hashtable] $Reader, [string] $Mark)
    if ($Reader.kind -ne 'mark' -or $Reader.token -ne $Mark) {
        Stop-JsonReader $Reader ('"' + $Mark + '" is missing')
    }
    Step-JsonReader $Reader
}

function Get-JsonText {
    param([string] $Token, [int] $Start)
    $inner = $Token.Substring($Start, $Token.Length - $Start - 1)
    if ($inner.IndexOf([char] '\') -lt 0) { return $inner }
    # the token has JSON's escapes only, and this reads every one of them
    return [System.Text.RegularExpressions.Regex]::Unescape($inner)
}

function Stop-JsonReader {
    param([hashtable] $Reader, [string] $What)
    Stop-Reconciler -Code 'bad-request' -Target 'request' -Text ($What + ' near character ' + $Reader.at)
}
