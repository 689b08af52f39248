# A synchronization rule from the tree of a request, in the shape in which rules are read, and with the
# product's own builders and constructors.

$script:ObjectModel = 'Microsoft.IdentityManagement.PowerShell.ObjectModel.'
$script:NoGuid = [guid]::Empty
$script:RuleRequired = @('identifier', 'name', 'connector', 'direction', 'source', 'target', 'link', 'precedence', 'scope', 'join', 'flows')
$script:RuleOptional = @('description', 'disabled', 'password_sync', 'soft_delete_expiry', 'precedence_after', 'precedence_before', 'tag')
$script:Operators = @(
    'EQUAL', 'NOTEQUAL', 'LESSTHAN', 'LESSTHAN_OR_EQUAL', 'CONTAINS', 'NOTCONTAINS', 'STARTSWITH', 'NOTSTARTSWITH'
    'ENDSWITH', 'NOTENDSWITH', 'GREATERTHAN', 'GREATERTHAN_OR_EQUAL', 'ISNULL', 'ISNOTNULL', 'ISIN', 'ISNOTIN'
    'ISBITSET', 'ISBITNOTSET', 'ISMEMBEROF', 'ISNOTMEMBEROF')

function Read-RuleTree {
    # Returns the rule with every member of its shape, defaults filled in, or ends the call.
    param($Value)
    Assert-Members $Value 'value' $script:RuleRequired $script:RuleOptional
    if ($Value.Contains('tag') -and $Value['tag'] -cne '') {
        Stop-Reconciler -Code 'bad-request' -Target 'tag' -Text 'a custom rule has no tag'
    }
    $rule = [ordered]@{
        identifier = (Get-Guid $Value 'identifier').ToString(); name = Get-Name $Value 'name'; description = ''; connector = (Get-Guid $Value 'connector').ToString()
        direction = Get-Word $Value 'direction' @('Inbound', 'Outbound'); disabled = $false; source = Get-Name $Value 'source'; target = Get-Name $Value 'target'
        link = Get-Word $Value 'link' @('Provision', 'StickyJoin', 'Join', 'JoinNoFlow'); precedence = [int] (Get-Number $Value 'precedence' 0 100000)
        precedence_after = $script:NoGuid.ToString(); precedence_before = $script:NoGuid.ToString(); soft_delete_expiry = '00:00:00'; password_sync = $false
        scope = @(foreach ($group in (Get-Items $Value 'scope')) { , (Read-ScopeGroup $group) })
        join = @(foreach ($group in (Get-Items $Value 'join')) { , (Read-JoinGroup $group) })
        flows = @(foreach ($flow in (Get-Items $Value 'flows')) { Read-Flow $flow })
    }
    if ($Value.Contains('description')) { $rule['description'] = Get-Text $Value 'description' }
    foreach ($key in 'disabled', 'password_sync') {
        if ($Value.Contains($key)) { $rule[$key] = Get-Flag $Value $key }
    }
    foreach ($key in 'precedence_after', 'precedence_before') {
        if ($Value.Contains($key)) { $rule[$key] = (Get-Guid $Value $key).ToString() }
    }
    if ($Value.Contains('soft_delete_expiry')) {
        [void] (Get-Text $Value 'soft_delete_expiry')
        $rule['soft_delete_expiry'] = (Get-Span $Value 'soft_delete_expiry').ToString()
    }
    return $rule
}

function Read-ScopeGroup {
    param($Group)
    if ($Group -isnot [System.Array]) { Stop-Reconciler -Code 'bad-request' -Target 'scope' -Text 'a group of "scope" is no list' }
    return , @(foreach ($item in $Group) {
            Assert-Members $item 'scope' @('attribute', 'operator', 'value')
            [ordered]@{ attribute = Get-Name $item 'attribute'; operator = Get-Word $item 'operator' $script:Operators; value = Get-Text $item 'value' }
        })
}

function Read-JoinGroup {
    param($Group)
    if ($Group -isnot [System.Array]) { Stop-Reconciler -Code 'bad-request' -Target 'join' -Text 'a group of "join" is no list' }
    return , @(foreach ($item in $Group) {
            Assert-Members $item 'join' @('cs', 'mv', 'case_sensitive')
            [ordered]@{ cs = Get-Name $item 'cs'; mv = Get-Name $item 'mv'; case_sensitive = Get-Flag $item 'case_sensitive' }
        })
}

function Read-Flow {
    param($Item)
    Assert-Members $Item 'flows' @('target', 'type', 'source', 'expression', 'merge', 'execute_once')
    $flow = [ordered]@{
        target = Get-Name $Item 'target'; type = Get-Word $Item 'type' @('Direct', 'Constant', 'Expression'); source = Get-Texts $Item 'source'
        expression = Get-OptionalText $Item 'expression'; merge = Get-Word $Item 'merge' @('Update', 'Replace', 'MergeCaseInsensitive', 'Merge')
        execute_once = Get-Flag $Item 'execute_once'
    }
    $isExpression = ($flow.type -ceq 'Expression')
    if ($isExpression -ne (-not [string]::IsNullOrEmpty($flow.expression)) -or (-not $isExpression -and $flow.source.Count -eq 0) -or ($flow.type -ceq 'Constant' -and $flow.source.Count -ne 1)) {
        Stop-Reconciler -Code 'bad-request' -Target 'flows' -Text ('the flow to "' + $flow.target + '" does not fit its type: an Expression has an expression, a Constant one source, a Direct at least one')
    }
    return $flow
}

function New-RuleObject {
    # Returns the product's rule object, built in memory. Switches and empty texts are left out: the
    # cmdlets take a given switch for true and an empty list for a value.
    param($Rule)
    $ofRule = @{
        Name = $Rule.name; Direction = $Rule.direction; Connector = [guid] $Rule.connector; SourceObjectType = $Rule.source; TargetObjectType = $Rule.target
        LinkType = $Rule.link; Precedence = $Rule.precedence; Identifier = [guid] $Rule.identifier; ErrorAction = 'Stop'
    }
    if ($Rule.description -ne '') { $ofRule['Description'] = $Rule.description }
    if ($Rule.disabled) { $ofRule['Disabled'] = $true }
    if ($Rule.password_sync) { $ofRule['EnablePasswordSync'] = $true }
    if ([guid] $Rule.precedence_after -ne $script:NoGuid) { $ofRule['PrecedenceAfter'] = [guid] $Rule.precedence_after }
    if ([guid] $Rule.precedence_before -ne $script:NoGuid) { $ofRule['PrecedenceBefore'] = [guid] $Rule.precedence_before }
    if ($Rule.soft_delete_expiry -ne '00:00:00') { $ofRule['SoftDeleteExpiryInterval'] = [System.TimeSpan] $Rule.soft_delete_expiry }
    $built = @(New-ADSyncRule @ofRule)[0]
    foreach ($group in $Rule.scope) { $built = Add-ScopeGroup $built $group }
    foreach ($group in $Rule.join) { $built = Add-JoinGroup $built $group }
    foreach ($flow in $Rule.flows) { $built = Add-Flow $built $flow }
    return $built
}

function Add-ScopeGroup {
    # By constructor: the cmdlet for conditions refuses the empty value that ISNULL has.
    param($Built, [System.Array] $Group)
    $conditions = @(foreach ($item in $Group) {
            New-Object -TypeName ($script:ObjectModel + 'ScopeCondition') -ArgumentList $item.attribute, $item.value, $item.operator
        })
    $answer = @(Add-ADSyncScopeConditionGroup -SynchronizationRule $Built -ScopeConditions $conditions -ErrorAction Stop)
    if ($answer.Count -gt 0 -and $null -ne $answer[0]) { return $answer[0] }
    return $Built
}

function Add-JoinGroup {
    param($Built, [System.Array] $Group)
    $conditions = @(foreach ($item in $Group) {
            New-Object -TypeName ($script:ObjectModel + 'JoinCondition') -ArgumentList $item.cs, $item.mv, $item.case_sensitive
        })
    $answer = @(Add-ADSyncJoinConditionGroup -SynchronizationRule $Built -JoinConditions $conditions -ErrorAction Stop)
    if ($answer.Count -gt 0 -and $null -ne $answer[0]) { return $answer[0] }
    return $Built
}

function Add-Flow {
    param($Built, $Flow)
    $ofFlow = @{
        SynchronizationRule = $Built; Destination = $Flow.target; FlowType = $Flow.type; ValueMergeType = $Flow.merge; ErrorAction = 'Stop'
    }
    if ($Flow.source.Count -gt 0) { $ofFlow['Source'] = $Flow.source }
    if (-not [string]::IsNullOrEmpty($Flow.expression)) { $ofFlow['Expression'] = $Flow.expression }
    if ($Flow.execute_once) { $ofFlow['ExecuteOnce'] = $true }
    $answer = @(Add-ADSyncAttributeFlowMapping @ofFlow)
    if ($answer.Count -gt 0 -and $null -ne $answer[0]) { return $answer[0] }
    return $Built
}

function Get-RuleDifferences {
    # Returns the names of the members in which the rule as read is not the rule as wanted. A number of
    # 100 or more, and one that the engine chose for an insertion, is the engine's.
    param($Wanted, $Found)
    if ($null -eq $Found) { return , @('rule') }
    $keys = @('name', 'description', 'connector', 'direction', 'disabled', 'source', 'target', 'link', 'soft_delete_expiry', 'password_sync', 'scope', 'join', 'flows')
    if ($Wanted.precedence -ge 1 -and $Wanted.precedence -le 99) { $keys += 'precedence' }
    return , @(foreach ($key in $keys) {
            if ((Get-Comparable $key $Wanted[$key]) -cne (Get-Comparable $key $Found[$key])) { $key }
        })
}

function Get-Comparable {
    # Returns a value as text: line ends apart, flows in the order of their own text.
    param([string] $Key, $Value)
    if ($Key -ceq 'flows') {
        return ((Get-Sorted @(foreach ($flow in $Value) { ConvertTo-ReconcilerJson $flow })) -join "`n").Replace('\u000d\u000a', '\u000a')
    }
    return (ConvertTo-ReconcilerJson $Value).Replace('\u000d\u000a', '\u000a')
}
