# Reading a request: what it must hold, of which type. Whatever is unknown is refused, since it would
# be silently left undone.

function Read-Request {
    # Returns the request as a tree after looking at contract, id and the names of its members.
    param([string] $Text, [string[]] $Required, [string[]] $Optional = @())
    $request = ConvertFrom-ReconcilerJson $Text
    Assert-Members $request 'request' (@('contract', 'id') + $Required) $Optional
    $contract = Get-Text $request 'contract'
    if ($contract -cnotmatch '\A[0-9]+\.[0-9]+\z' -or $contract.Split('.')[0] -ne $script:Contract.Split('.')[0]) {
        Stop-Reconciler -Code 'contract-mismatch' -Target 'contract' -Text ('the request speaks contract "' + $contract + '", this bridge ' + $script:Contract)
    }
    [void] (Get-OutcomeName (Get-Text $request 'id'))
    return $request
}

function Assert-Members {
    param($Tree, [string] $Name, [string[]] $Required, [string[]] $Optional = @())
    if ($Tree -isnot [System.Collections.IDictionary]) {
        Stop-Reconciler -Code 'bad-request' -Target $Name -Text ($Name + ' is no object')
    }
    foreach ($key in $Required) {
        if (-not $Tree.Contains($key)) {
            Stop-Reconciler -Code 'bad-request' -Target $key -Text ('"' + $key + '" is missing from ' + $Name)
        }
    }
    foreach ($key in $Tree.Keys) {
        if ($Required -cnotcontains $key -and $Optional -cnotcontains $key) {
            Stop-Reconciler -Code 'bad-request' -Target $key -Text ('"' + $key + '" is not known in ' + $Name)
        }
    }
}

function Assert-Any {
    param($Tree, [string] $Name)
    if ($Tree.Count -eq 0) {
        Stop-Reconciler -Code 'bad-request' -Target $Name -Text ($Name + ' is empty: nothing to change')
    }
}

function Get-Typed {
    param($Tree, [string] $Key, [type] $Type, [string] $Kind)
    $value = $Tree[$Key]
    if ($null -eq $value -or $value -isnot $Type) {
        Stop-Reconciler -Code 'bad-request' -Target $Key -Text ('"' + $Key + '" is no ' + $Kind)
    }
    return $value
}

function Get-Text {
    param($Tree, [string] $Key)
    return (Get-Typed $Tree $Key ([string]) 'text')
}

function Get-Name {
    # Returns a text that is not blank.
    param($Tree, [string] $Key)
    $text = Get-Text $Tree $Key
    if ($text.Trim() -eq '') {
        Stop-Reconciler -Code 'bad-request' -Target $Key -Text ('"' + $Key + '" is empty')
    }
    return $text
}

function Get-OptionalText {
    param($Tree, [string] $Key)
    if (-not $Tree.Contains($Key) -or $null -eq $Tree[$Key]) { return $null }
    return (Get-Text $Tree $Key)
}

function Get-Flag {
    param($Tree, [string] $Key)
    return (Get-Typed $Tree $Key ([bool]) 'true or false')
}

function Get-Number {
    param($Tree, [string] $Key, [long] $Least, [long] $Most)
    $number = Get-Typed $Tree $Key ([long]) 'whole number'
    if ($number -lt $Least -or $number -gt $Most) {
        Stop-Reconciler -Code 'bad-request' -Target $Key -Text ('"' + $Key + '" is outside ' + $Least + ' to ' + $Most)
    }
    return $number
}

function Get-Word {
    param($Tree, [string] $Key, [string[]] $Words)
    $word = Get-Text $Tree $Key
    if ($Words -cnotcontains $word) {
        Stop-Reconciler -Code 'bad-request' -Target $Key -Text ('"' + $Key + '" is "' + $word + '"; expected ' + ($Words -join ', '))
    }
    return $word
}

function Get-Guid {
    param($Tree, [string] $Key)
    return (ConvertTo-Guid (Get-Text $Tree $Key) $Key)
}

function ConvertTo-Guid {
    param([string] $Text, [string] $Name)
    if ($Text -cnotmatch '\A[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\z') {
        Stop-Reconciler -Code 'bad-request' -Target $Name -Text ('"' + $Name + '" is no GUID in lower case without braces')
    }
    return [guid] $Text
}

function Get-Span {
    # Returns a time span; $null where it is null.
    param($Tree, [string] $Key)
    $text = Get-OptionalText $Tree $Key
    if ($null -eq $text) { return $null }
    $span = [System.TimeSpan]::Zero
    if ($text -cnotmatch '\A([0-9]+\.)?[0-9]{2}:[0-9]{2}:[0-9]{2}\z' -or -not [System.TimeSpan]::TryParse($text, [System.Globalization.CultureInfo]::InvariantCulture, [ref] $span)) {
        Stop-Reconciler -Code 'bad-request' -Target $Key -Text ('"' + $Key + '" is no time span such as 7.00:00:00')
    }
    return $span
}

function Get-Items {
    param($Tree, [string] $Key)
    if ($Tree[$Key] -isnot [System.Array]) {
        Stop-Reconciler -Code 'bad-request' -Target $Key -Text ('"' + $Key + '" is no list')
    }
    return , $Tree[$Key]
}

function Get-Texts {
    param($Tree, [string] $Key)
    $items = Get-Items $Tree $Key
    foreach ($item in $items) {
        if ($item -isnot [string]) {
            Stop-Reconciler -Code 'bad-request' -Target $Key -Text ('"' + $Key + '" holds something else than texts')
        }
    }
    return , ([string[]] $items)
}
