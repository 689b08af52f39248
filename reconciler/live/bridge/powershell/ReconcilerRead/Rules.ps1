# A synchronization rule, field by field, in the vendor's words.

function ConvertTo-RuleTree {
    param($Rule)
    $tag = ''
    if ($null -ne $Rule.ImmutableTag) { $tag = [string] $Rule.ImmutableTag.TagValue }
    return [ordered]@{
        identifier = $Rule.Identifier.ToString()
        name = [string] $Rule.Name
        description = [string] $Rule.Description
        tag = $tag
        connector = $Rule.Connector.ToString()
        direction = $Rule.Direction.ToString()
        disabled = [bool] $Rule.Disabled
        source = [string] $Rule.SourceObjectType
        target = [string] $Rule.TargetObjectType
        link = $Rule.LinkType.ToString()
        precedence = [int] $Rule.Precedence
        precedence_after = $Rule.PrecedenceAfter.ToString()
        precedence_before = $Rule.PrecedenceBefore.ToString()
        soft_delete_expiry = $Rule.SoftDeleteExpiryInterval.ToString()
        password_sync = [bool] $Rule.EnablePasswordSync
        scope = ConvertTo-ScopeTree $Rule.ScopeFilter
        join = ConvertTo-JoinTree $Rule.JoinFilter
        flows = ConvertTo-FlowTree $Rule.AttributeFlowMappings
    }
}

function ConvertTo-ScopeTree {
    param($Groups)
    $found = New-Object -TypeName System.Collections.ArrayList
    foreach ($group in $Groups) {
        $conditions = New-Object -TypeName System.Collections.ArrayList
        foreach ($condition in $group.ScopeConditionList) {
            [void] $conditions.Add([ordered]@{
                    attribute = [string] $condition.Attribute
                    operator = $condition.ComparisonOperator.ToString()
                    value = [string] $condition.ComparisonValue
                })
        }
        [void] $found.Add($conditions.ToArray())
    }
    return , $found.ToArray()
}

function ConvertTo-JoinTree {
    param($Groups)
    $found = New-Object -TypeName System.Collections.ArrayList
    foreach ($group in $Groups) {
        $conditions = New-Object -TypeName System.Collections.ArrayList
        foreach ($condition in $group.JoinConditionList) {
            [void] $conditions.Add([ordered]@{
                    cs = [string] $condition.CSAttribute
                    mv = [string] $condition.MVAttribute
                    case_sensitive = [bool] $condition.CaseSensitive
                })
        }
        [void] $found.Add($conditions.ToArray())
    }
    return , $found.ToArray()
}

function ConvertTo-FlowTree {
    # A constant's text is its only source, as in the product.
    param($Mappings)
    $found = New-Object -TypeName System.Collections.ArrayList
    foreach ($mapping in $Mappings) {
        $expression = $null
        if ($mapping.Expression) { $expression = [string] $mapping.Expression }
        [void] $found.Add([ordered]@{
                target = [string] $mapping.Destination
                type = $mapping.FlowType.ToString()
                source = ConvertTo-TextList $mapping.Source
                expression = $expression
                merge = $mapping.ValueMergeType.ToString()
                execute_once = [bool] $mapping.ExecuteOnce
            })
    }
    return , $found.ToArray()
}

function ConvertTo-TextList {
    # Returns a live list of texts as an array, in the server's order; $null where there is no list.
    param($List)
    if ($null -eq $List) { return , @() }
    $texts = New-Object -TypeName System.Collections.ArrayList
    foreach ($text in $List) { [void] $texts.Add([string] $text) }
    return , $texts.ToArray()
}
