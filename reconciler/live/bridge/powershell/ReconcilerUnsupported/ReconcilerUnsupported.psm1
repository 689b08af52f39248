# Writing whole connectors, which the vendor supports through the wizard only. Without this module the
# bridge has no way to do it; a line in git cannot bring it back.

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$ConfirmPreference = 'None'

$script:StructuralClasses = @('container', 'domainDNS', 'organizationalUnit')

function Save-ReconcilerConnector {
    <#
    .SYNOPSIS
        Changes the named facets of a live connector object and saves it as a whole.
    .PARAMETER Value
        Any of domains, organizational_units, preferred_domain_controllers, attribute_selection and
        object_types, as the request has them; lists are the whole lists.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] $Connector, [Parameter(Mandatory = $true)] $Value)
    foreach ($partition in $Connector.Partitions) {
        Set-Partition $Connector $partition $Value
    }
    if ($Value.Contains('attribute_selection')) { Set-AttributeSelection $Connector $Value['attribute_selection'] }
    if ($Value.Contains('object_types')) { Set-ObjectTypes $Connector $Value['object_types'] }
    [void] (Add-ADSyncConnector -Connector $Connector -ErrorAction Stop)
}

function Set-Partition {
    param($Connector, $Partition, $Value)
    foreach ($item in (Get-ItemsOf $Value 'domains' $Partition)) {
        if ($item['selected']) { $Connector.EnablePartition($Partition) } else { $Connector.DisablePartition($Partition) }
    }
    foreach ($item in (Get-ItemsOf $Value 'organizational_units' $Partition)) {
        $Partition.UpdateHierarchyNodeSelection((ConvertTo-List $item['inclusions']), (ConvertTo-List $item['exclusions']))
    }
    foreach ($item in (Get-ItemsOf $Value 'preferred_domain_controllers' $Partition)) {
        $Partition.PreferredDCs.Clear()
        foreach ($name in $item['controllers']) { $Partition.PreferredDCs.Add($name) }
    }
}

function Get-ItemsOf {
    param($Value, [string] $Key, $Partition)
    if (-not $Value.Contains($Key)) { return , @() }
    return , @($Value[$Key] | Where-Object { $_['partition_dn'] -ceq [string] $Partition.DN })
}

function Set-AttributeSelection {
    param($Connector, [string[]] $Names)
    $gone = @($Connector.AttributeInclusionList | Where-Object { $Names -cnotcontains $_ })
    $new = @($Names | Where-Object { -not $Connector.AttributeInclusionList.Contains($_) })
    if ($gone.Count -gt 0) { $Connector.RemoveAttributeInclusionList((ConvertTo-List $gone)) }
    if ($new.Count -gt 0) { $Connector.AddAttributeInclusionList((ConvertTo-List $new)) }
}

function Set-ObjectTypes {
    # The list has two homes, the connector and its partitions; classes of the hierarchy stay in both.
    param($Connector, [string[]] $Names)
    $gone = @($Connector.ObjectInclusionList | Where-Object { $Names -notcontains $_ -and $script:StructuralClasses -notcontains $_ })
    $new = @($Names | Where-Object { $Connector.ObjectInclusionList -notcontains $_ })
    if ($gone.Count -gt 0) { $Connector.RemoveObjectInclusionList((ConvertTo-List $gone)) }
    if ($new.Count -gt 0) { $Connector.AddObjectInclusionList((ConvertTo-List $new)) }
    foreach ($partition in $Connector.Partitions) {
        if (-not $partition.Selected) { continue }
        $classes = $partition.ConnectorPartitionScope.ObjectClasses
        foreach ($name in @($classes | Where-Object { $Names -notcontains $_ -and $script:StructuralClasses -notcontains $_ })) { [void] $classes.Remove($name) }
        foreach ($name in @($Names | Where-Object { $classes -notcontains $_ })) { $classes.Add($name) }
    }
}

function ConvertTo-List {
    param([string[]] $Names)
    $list = New-Object -TypeName 'System.Collections.Generic.List[string]'
    foreach ($name in $Names) { $list.Add($name) }
    return , $list
}

Export-ModuleMember -Function 'Save-ReconcilerConnector'
