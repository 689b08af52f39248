# Connectors with their partitions, schemas and organizational units, field by field. Encrypted
# parameters, names that sound like secrets, and delta cookies are left out.

function ConvertTo-ConnectorTree {
    param($Connector, [object[]] $All)
    $partitions = New-Object -TypeName System.Collections.ArrayList
    foreach ($partition in $Connector.Partitions) {
        [void] $partitions.Add((ConvertTo-PartitionTree $partition))
    }
    $parameters = New-Object -TypeName System.Collections.ArrayList
    foreach ($holder in 'connectivity', 'global') {
        $collection = $Connector.ConnectivityParameters
        if ($holder -eq 'global') { $collection = $Connector.GlobalParameters }
        foreach ($parameter in (ConvertTo-ParameterTree $collection)) {
            [void] $parameters.Add([ordered]@{ holder = $holder; name = $parameter.name; value = $parameter.value })
        }
    }
    return [ordered]@{
        identifier = $Connector.Identifier.ToString()
        name = [string] $Connector.Name
        type = [string] $Connector.ConnectorTypeName
        subtype = [string] $Connector.Subtype
        parameters = $parameters.ToArray()
        partitions = $partitions.ToArray()
        attributes = ConvertTo-TextList $Connector.AttributeInclusionList
        object_types = ConvertTo-TextList $Connector.ObjectInclusionList
        password_hash_sync = Get-PasswordHashSync $Connector $All
    }
}

function ConvertTo-PartitionTree {
    # The product keeps one empty container for a connector that knows none; it is left out.
    param($Partition)
    $scope = $Partition.ConnectorPartitionScope
    $controllers = Get-OptionalProperty $Partition 'PreferredDCs'
    if ($null -ne $Partition.PSObject.Properties['PreferredDCs']) { $controllers = ConvertTo-TextList $controllers }
    return [ordered]@{
        dn = [string] $Partition.DN
        name = [string] $Partition.Name
        selected = [bool] $Partition.Selected
        is_domain = [bool] $Partition.IsDomain
        object_classes = ConvertTo-TextList $scope.ObjectClasses
        inclusions = @((ConvertTo-TextList $scope.ContainerInclusionList) | Where-Object { $_.Trim() })
        exclusions = @((ConvertTo-TextList $scope.ContainerExclusionList) | Where-Object { $_.Trim() })
        preferred_domain_controllers = $controllers
        parameters = ConvertTo-ParameterTree $Partition.Parameters
    }
}

function ConvertTo-ParameterTree {
    param($Collection)
    $found = New-Object -TypeName System.Collections.ArrayList
    foreach ($parameter in $Collection) {
        $name = [string] $parameter.Name
        if ($parameter.InputType.ToString() -eq 'EncryptedString') { continue }
        if (($name -replace '[^0-9A-Za-z]', '') -match $script:SecretName) { continue }
        if ($script:NoiseNames -ccontains $name) { continue }
        [void] $found.Add([ordered]@{ name = $name; value = [string] $parameter.Value })
    }
    return , $found.ToArray()
}

function Test-ActiveDirectory {
    param($Connector)
    return ([string] $Connector.ConnectorTypeName -eq 'AD')
}

function Get-PasswordHashSync {
    # Returns whether it is on and the connector that it goes to; $null for what is no forest.
    param($Connector, [object[]] $All)
    if (-not (Test-ActiveDirectory $Connector)) { return $null }
    $record = Get-ADSyncAADPasswordSyncConfiguration -SourceConnector $Connector.Name -ErrorAction Stop
    if ($null -eq $record) { return $null }
    $target = [string] $record.TargetConnector
    foreach ($other in $All) {
        if ([string] $other.Name -ceq $target) { $target = $other.Identifier.ToString() }
    }
    return [ordered]@{ enabled = [bool] $record.Enabled; target = $target }
}

function ConvertTo-SchemaTree {
    param([string] $Owner, $Schema)
    $attributes = New-Object -TypeName System.Collections.ArrayList
    foreach ($attribute in $Schema.AttributeTypes) {
        $operations = $attribute.SupportedAttributeOperationType.ToString()
        [void] $attributes.Add([ordered]@{
                name = [string] $attribute.Name
                type = $attribute.Type.ToString()
                multi = [bool] $attribute.AllowsMultipleValues
                indexable = [bool] $attribute.Indexable
                read_only = ($operations -eq 'ReadOnly')
                export_only = ($operations -eq 'WriteOnly')
            })
    }
    $classes = New-Object -TypeName System.Collections.ArrayList
    foreach ($class in $Schema.ObjectTypes) { [void] $classes.Add([string] $class.Name) }
    return [ordered]@{ connector = $Owner; attributes = $attributes.ToArray(); classes = $classes.ToArray() }
}

function Get-HierarchyTree {
    # Walks the containers of a partition, which the product reads from the directory as it is now.
    param($Connector, $Partition)
    $nodes = New-Object -TypeName System.Collections.ArrayList
    $seen = @{}
    $queue = New-Object -TypeName System.Collections.Queue
    $queue.Enqueue($null)
    while ($queue.Count -gt 0) {
        $parent = $queue.Dequeue()
        if ($null -eq $parent) {
            $children = @(Get-ADSyncConnectorPartitionHierarchy -Connector $Connector -Partition $Partition -ErrorAction Stop)
        }
        else {
            $children = @(Get-ADSyncConnectorPartitionHierarchy -Connector $Connector -Partition $Partition -ParentPartitionHierarchyNode $parent -ErrorAction Stop)
        }
        foreach ($node in $children) {
            if ($null -eq $node -or $seen.ContainsKey([string] $node.DN)) { continue }
            $seen[[string] $node.DN] = $true
            [void] $nodes.Add([ordered]@{ dn = [string] $node.DN; state = [int] $node.State })
            $queue.Enqueue($node)
        }
    }
    return [ordered]@{
        connector = $Connector.Identifier.ToString(); partition_dn = [string] $Partition.DN; nodes = $nodes.ToArray()
    }
}
