# One facet of the server as it is now, by the name that requests use.

function Get-FacetTree {
    # Returns the tree of the facet; $null where there is no such thing on the server.
    param([hashtable] $Live, [string] $Facet)
    if ($Facet -ceq 'scheduler') { return Get-SchedulerFacet $Live }
    if ($Facet -ceq 'automatic-upgrade') { return Get-UpgradeTree }
    if ($Facet -ceq 'audit-logging') { return [ordered]@{ enabled = (Get-AuditLogging) } }
    $parts = $Facet.Split([char[]] '/', 3)
    if ($parts.Count -eq 2 -and $parts[0] -ceq 'rule') {
        $rule = Get-LiveRule $Live (ConvertTo-Guid $parts[1] 'facet')
        if ($null -eq $rule) { return $null }
        return Get-RuleFacet (ConvertTo-RuleTree $rule)
    }
    if ($parts.Count -eq 2 -and $parts[0] -ceq 'overrides') {
        return Get-OverrideFacet (ConvertTo-Guid $parts[1] 'facet').ToString() (Get-OverrideTrees $Live)
    }
    if ($parts.Count -eq 3 -and $parts[0] -ceq 'connector') {
        $connector = Get-LiveConnector $Live (ConvertTo-Guid $parts[1] 'facet')
        if ($null -eq $connector) { return $null }
        $facets = New-Object -TypeName System.Collections.Specialized.OrderedDictionary -ArgumentList ([System.StringComparer]::Ordinal)
        Add-ConnectorFacets $facets (ConvertTo-ConnectorTree $connector (Get-LiveConnectors $Live))
        return $facets[$Facet]
    }
    Stop-Reconciler -Code 'bad-request' -Target 'facet' -Text ('there is no facet "' + $Facet + '"')
}

function Get-LiveRule {
    param([hashtable] $Live, [guid] $Identifier)
    foreach ($rule in (Get-LiveRules $Live)) {
        if ($rule.Identifier -eq $Identifier) { return $rule }
    }
    return $null
}

function Get-LiveConnector {
    param([hashtable] $Live, [guid] $Identifier)
    foreach ($connector in (Get-LiveConnectors $Live)) {
        if ($connector.Identifier -eq $Identifier) { return $connector }
    }
    return $null
}

function Get-FacetList {
    # Returns name, revision and, where asked for, tree of each facet.
    param([hashtable] $Live, [string[]] $Facets, [switch] $WithTree)
    return , @(foreach ($facet in $Facets) {
            $tree = Get-FacetTree $Live $facet
            $entry = [ordered]@{ facet = $facet; revision = (Get-Revision $tree) }
            if ($WithTree) { $entry['value'] = $tree }
            $entry
        })
}

function Assert-Expected {
    # Ends the call with a conflict where a facet is no longer what the plan was made from.
    param([hashtable] $Live, [System.Array] $Expected)
    $changed = New-Object -TypeName System.Collections.ArrayList
    foreach ($item in $Expected) {
        Assert-Members $item 'expect' @('facet', 'revision')
        $facet = Get-Text $item 'facet'
        $wanted = Get-Text $item 'revision'
        $revision = Get-Revision (Get-FacetTree $Live $facet)
        $isThere = $revision
        if ($null -eq $revision) { $isThere = 'absent' }
        if ($wanted -cne $isThere) { [void] $changed.Add([ordered]@{ facet = $facet; revision = $revision }) }
    }
    if ($changed.Count -gt 0) {
        Stop-Reconciler -Code 'conflict' -Target $changed[0].facet -Text ($changed[0].facet + ' was changed since the plan was made') -Value ([ordered]@{ facets = $changed.ToArray() })
    }
}
