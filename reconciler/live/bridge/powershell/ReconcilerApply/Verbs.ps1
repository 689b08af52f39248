# The verbs. Each is three functions: New-<kind>Work reads target and value of an operation and says which
# facets it is about, which cmdlets it needs and whether the engine must be idle; Invoke-<kind>Work writes.
# Test-<kind>Work then names what is not as wanted on the server as it was read back.

$script:Verbs = @{
    'set-scheduler' = 'Scheduler'
    'set-automatic-upgrade' = 'Upgrade'
    'set-audit-logging' = 'Audit'
    'set-password-hash-sync' = 'PasswordHashSync'
    'add-rule' = 'NewRule'
    'set-rule' = 'Rule'
    'set-rule-disabled' = 'RuleSwitch'
    'remove-rule' = 'RuleRemoval'
    'set-override' = 'Override'
    'back-up' = 'BackUp'
    'set-connector' = 'Connector'
}

function New-Work {
    # Returns what one operation comes to; `needs` maps cmdlets to the parameters that are given.
    param([string[]] $Facets, [hashtable] $Needs, $Wanted, [switch] $WhileBusy)
    return @{ facets = $Facets; needs = $Needs; wanted = $Wanted; while_busy = [bool] $WhileBusy; path = $null }
}

function Get-TargetGuid {
    # Returns the identifier in a target such as rule/<guid>.
    param($Op, [string] $Prefix, [string] $Suffix = '')
    $target = Get-Text $Op 'target'
    if (-not $target.StartsWith($Prefix, [System.StringComparison]::Ordinal) -or -not $target.EndsWith($Suffix, [System.StringComparison]::Ordinal) -or $target.Length -lt $Prefix.Length + $Suffix.Length) {
        Stop-Reconciler -Code 'bad-request' -Target 'target' -Text ('the target "' + $target + '" is not of the form ' + $Prefix + '<guid>' + $Suffix)
    }
    return (ConvertTo-Guid $target.Substring($Prefix.Length, $target.Length - $Prefix.Length - $Suffix.Length) 'target')
}

function Assert-Target {
    param($Op, [string] $Target)
    if ((Get-Text $Op 'target') -cne $Target) {
        Stop-Reconciler -Code 'bad-request' -Target 'target' -Text ('the target of this verb is "' + $Target + '"')
    }
}

function Get-KnownConnector {
    param([hashtable] $Live, [guid] $Identifier)
    $connector = Get-LiveConnector $Live $Identifier
    if ($null -eq $connector) {
        Stop-Reconciler -Code 'not-found' -Target ('connector/' + $Identifier) -Text 'there is no connector with this identifier'
    }
    return $connector
}

function Get-KnownRule {
    param([hashtable] $Live, [guid] $Identifier)
    $rule = Get-LiveRule $Live $Identifier
    if ($null -eq $rule) {
        Stop-Reconciler -Code 'not-found' -Target ('rule/' + $Identifier) -Text 'there is no rule with this identifier'
    }
    return $rule
}

function Assert-Custom {
    # A default rule can be switched off and on and nothing else: an upgrade brings the rest back.
    param($Rule)
    if ($Rule.IsStandardRule) {
        Stop-Reconciler -Code 'bad-request' -Target ('rule/' + $Rule.Identifier) -Text ('"' + $Rule.Name + '" is a default rule: it can be switched off and on, nothing else')
    }
}

function Get-NotAsWanted {
    # Returns the names of the members of `Wanted` that the tree has otherwise.
    param($Wanted, $Found)
    if ($null -eq $Found) { return , @($Wanted.Keys) }
    return , @(foreach ($key in $Wanted.Keys) {
            if ((ConvertTo-ReconcilerJson $Wanted[$key]) -cne (ConvertTo-ReconcilerJson $Found[$key])) { $key }
        })
}
