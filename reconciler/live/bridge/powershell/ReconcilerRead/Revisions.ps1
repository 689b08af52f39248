# Revisions: a hash of one facet's tree as this bridge writes it. They are compared with each other
# and never recomputed elsewhere. The generation is a hash of what grows with every save.

function Get-RevisionTrees {
    param([hashtable] $Live)
    $facets = Get-Facets $Live
    return , @(foreach ($facet in $facets.Keys) {
            [ordered]@{ facet = $facet; revision = (Get-Revision $facets[$facet]) }
        })
}

function Get-Revision {
    param($Tree)
    if ($null -eq $Tree) { return $null }
    return (Get-Sha256 (ConvertTo-ReconcilerJson $Tree))
}

function Get-Facets {
    # Returns the tree of every facet that a change can name.
    param([hashtable] $Live)
    $facets = New-Object -TypeName System.Collections.Specialized.OrderedDictionary -ArgumentList ([System.StringComparer]::Ordinal)
    $facets['scheduler'] = Get-SchedulerFacet $Live
    $facets['automatic-upgrade'] = Get-UpgradeTree
    $facets['audit-logging'] = [ordered]@{ enabled = (Get-AuditLogging) }
    foreach ($rule in (Get-RuleTrees $Live)) {
        $facets['rule/' + $rule.identifier] = Get-RuleFacet $rule
    }
    foreach ($connector in (Get-ConnectorTrees $Live)) {
        Add-ConnectorFacets $facets $connector
    }
    $overrides = Get-OverrideTrees $Live
    foreach ($connector in (Get-ConnectorTrees $Live)) {
        $facets['overrides/' + $connector.identifier] = Get-OverrideFacet $connector.identifier $overrides
    }
    return $facets
}

function Get-SchedulerFacet {
    # Only what can be set: the next policy returns to Delta by itself, the rest belongs to the engine.
    param([hashtable] $Live)
    $tree = ConvertTo-SchedulerTree (Get-LiveScheduler $Live)
    return [ordered]@{
        interval = $tree.customized_interval; cycle_enabled = $tree.cycle_enabled
        maintenance_enabled = $tree.maintenance_enabled; purge_interval = $tree.purge_interval
    }
}

function Get-RuleFacet {
    # A precedence of 100 or more belongs to the engine, which moves it when rules are inserted.
    param($Rule)
    $facet = [ordered]@{}
    foreach ($key in $Rule.Keys) { $facet[$key] = $Rule[$key] }
    if ($Rule.precedence -ge 100) {
        foreach ($key in 'precedence', 'precedence_after', 'precedence_before') { $facet.Remove($key) }
    }
    return $facet
}

function Add-ConnectorFacets {
    param([System.Collections.Specialized.OrderedDictionary] $Facets, $Connector)
    $prefix = 'connector/' + $Connector.identifier
    foreach ($partition in $Connector.partitions) {
        $Facets[$prefix + '/domain/' + $partition.dn] = [ordered]@{ selected = $partition.selected }
        $Facets[$prefix + '/organizational-units/' + $partition.dn] = [ordered]@{
            inclusions = (Get-Sorted $partition.inclusions); exclusions = (Get-Sorted $partition.exclusions)
        }
        $Facets[$prefix + '/preferred-domain-controllers/' + $partition.dn] = [ordered]@{
            controllers = $partition.preferred_domain_controllers
        }
    }
    $Facets[$prefix + '/attribute-selection'] = [ordered]@{ attributes = (Get-Sorted $Connector.attributes) }
    $Facets[$prefix + '/object-types'] = [ordered]@{
        types = (Get-Sorted $Connector.object_types)
        partitions = @(foreach ($partition in $Connector.partitions) {
                [ordered]@{ dn = $partition.dn; types = (Get-Sorted $partition.object_classes) }
            })
    }
    if ($null -ne $Connector.password_hash_sync) {
        $Facets[$prefix + '/password-hash-sync'] = $Connector.password_hash_sync
    }
}

function Get-OverrideFacet {
    param([string] $Connector, [object[]] $Overrides)
    $facet = [ordered]@{ full_import = $false; full_sync = $false }
    foreach ($override in $Overrides) {
        if ($override.connector -eq $Connector) {
            $facet.full_import = $override.full_import
            $facet.full_sync = $override.full_sync
        }
    }
    return $facet
}

function Get-Generation {
    # Returns a hash of identifiers, versions and counts of rules, connectors and global settings.
    param([hashtable] $Live)
    $lines = New-Object -TypeName System.Collections.ArrayList
    foreach ($rule in (Get-LiveRules $Live)) {
        [void] $lines.Add('rule ' + $rule.Identifier.ToString() + ' ' + $rule.Version)
    }
    foreach ($connector in (Get-LiveConnectors $Live)) {
        [void] $lines.Add('connector ' + $connector.Identifier.ToString() + ' ' + $connector.Version)
    }
    [void] $lines.Add('settings ' + (Get-LiveSettings $Live).Version)
    return (Get-Sha256 ((Get-Sorted $lines.ToArray()) -join "`n"))
}
