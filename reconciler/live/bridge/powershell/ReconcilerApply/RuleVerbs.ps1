# The verbs for synchronization rules: add, set, switch off and on, remove.

$script:BuilderNeeds = @{
    'New-ADSyncRule' = @('Name', 'Direction', 'Connector', 'SourceObjectType', 'TargetObjectType', 'LinkType', 'Precedence', 'Identifier')
    'Add-ADSyncScopeConditionGroup' = @('SynchronizationRule', 'ScopeConditions')
    'Add-ADSyncJoinConditionGroup' = @('SynchronizationRule', 'JoinConditions')
    'Add-ADSyncAttributeFlowMapping' = @('SynchronizationRule', 'Destination', 'FlowType', 'ValueMergeType')
    'Add-ADSyncRule' = @('SynchronizationRule')
}

function Read-RuleOfOp {
    param([hashtable] $Live, $Op)
    $identifier = Get-TargetGuid $Op 'rule/'
    $rule = Read-RuleTree $Op['value']
    if ($rule.identifier -ne $identifier.ToString()) {
        Stop-Reconciler -Code 'bad-request' -Target 'identifier' -Text 'target and value name two rules'
    }
    [void] (Get-KnownConnector $Live ([guid] $rule.connector))
    return $rule
}

function New-NewRuleWork {
    param([hashtable] $Live, $Op)
    $rule = Read-RuleOfOp $Live $Op
    if ($null -ne (Get-LiveRule $Live ([guid] $rule.identifier))) {
        Stop-Reconciler -Code 'already-exists' -Target ('rule/' + $rule.identifier) -Text 'there is a rule with this identifier already'
    }
    return New-Work @('rule/' + $rule.identifier) $script:BuilderNeeds $rule
}

function Invoke-NewRuleWork {
    param([hashtable] $Live, [hashtable] $Work)
    [void] (Add-ADSyncRule -SynchronizationRule (New-RuleObject $Work.wanted) -ErrorAction Stop)
}

function Test-NewRuleWork {
    param([hashtable] $Live, [hashtable] $Work)
    $rule = Get-LiveRule $Live ([guid] $Work.wanted.identifier)
    if ($null -ne $rule) { $rule = ConvertTo-RuleTree $rule }
    return , (Get-RuleDifferences $Work.wanted $rule)
}

function New-RuleWork {
    # The whole rule under its identifier: that is how the product takes an update.
    param([hashtable] $Live, $Op)
    $rule = Read-RuleOfOp $Live $Op
    Assert-Custom (Get-KnownRule $Live ([guid] $rule.identifier))
    return New-Work @('rule/' + $rule.identifier) $script:BuilderNeeds $rule
}

function Invoke-RuleWork {
    param([hashtable] $Live, [hashtable] $Work)
    Invoke-NewRuleWork $Live $Work
}

function Test-RuleWork {
    param([hashtable] $Live, [hashtable] $Work)
    return , (Test-NewRuleWork $Live $Work)
}

function New-RuleSwitchWork {
    param([hashtable] $Live, $Op)
    $identifier = Get-TargetGuid $Op 'rule/'
    Assert-Members $Op['value'] 'value' @('disabled')
    $wanted = [ordered]@{ disabled = (Get-Flag $Op['value'] 'disabled') }
    [void] (Get-KnownRule $Live $identifier)
    $work = New-Work @('rule/' + $identifier) @{ 'Add-ADSyncRule' = @('SynchronizationRule') } $wanted
    $work['identifier'] = $identifier
    return $work
}

function Invoke-RuleSwitchWork {
    # On the live object, so that nothing else of the rule is touched.
    param([hashtable] $Live, [hashtable] $Work)
    $rule = Get-LiveRule $Live $Work['identifier']
    $rule.Disabled = $Work.wanted.disabled
    [void] (Add-ADSyncRule -SynchronizationRule $rule -ErrorAction Stop)
}

function Test-RuleSwitchWork {
    param([hashtable] $Live, [hashtable] $Work)
    return , (Get-NotAsWanted $Work.wanted (Get-FacetTree $Live $Work.facets[0]))
}

function New-RuleRemovalWork {
    param([hashtable] $Live, $Op)
    $identifier = Get-TargetGuid $Op 'rule/'
    Assert-Members $Op['value'] 'value' @()
    Assert-Custom (Get-KnownRule $Live $identifier)
    $work = New-Work @('rule/' + $identifier) @{ 'Remove-ADSyncRule' = @('Identifier') } $null
    $work['identifier'] = $identifier
    return $work
}

function Invoke-RuleRemovalWork {
    param([hashtable] $Live, [hashtable] $Work)
    Remove-ADSyncRule -Identifier $Work['identifier'] -ErrorAction Stop
}

function Test-RuleRemovalWork {
    param([hashtable] $Live, [hashtable] $Work)
    if ($null -ne (Get-LiveRule $Live $Work['identifier'])) { return , @('rule') }
    return , @()
}
