# The verbs for connectors, and the backup of the whole server.

function New-PasswordHashSyncWork {
    param([hashtable] $Live, $Op)
    $suffix = '/password-hash-sync'
    $identifier = Get-TargetGuid $Op 'connector/' $suffix
    Assert-Members $Op['value'] 'value' @('enabled')
    $wanted = [ordered]@{ enabled = (Get-Flag $Op['value'] 'enabled') }
    $connector = Get-KnownConnector $Live $identifier
    if (-not (Test-ActiveDirectory $connector)) {
        Stop-Reconciler -Code 'bad-request' -Target 'target' -Text ('"' + $connector.Name + '" is no forest: it has no password hash synchronization')
    }
    $work = New-Work @('connector/' + $identifier + $suffix) @{ 'Set-ADSyncAADPasswordSyncConfiguration' = @('SourceConnector', 'TargetConnector', 'Enable') } $wanted
    $work['source'] = [string] $connector.Name
    $work['target'] = [string] (Get-KnownConnector $Live $script:EntraConnector).Name
    return $work
}

function Invoke-PasswordHashSyncWork {
    param([hashtable] $Live, [hashtable] $Work)
    Set-ADSyncAADPasswordSyncConfiguration -SourceConnector $Work['source'] -TargetConnector $Work['target'] -Enable $Work.wanted.enabled -ErrorAction Stop
}

function Test-PasswordHashSyncWork {
    param([hashtable] $Live, [hashtable] $Work)
    return , (Get-NotAsWanted $Work.wanted (Get-FacetTree $Live $Work.facets[0]))
}

function New-OverrideWork {
    # An override is set, never cleared: the engine clears it when the run is done.
    param([hashtable] $Live, $Op)
    $identifier = Get-TargetGuid $Op 'overrides/'
    $value = $Op['value']
    Assert-Members $value 'value' @() @('full_import', 'full_sync')
    Assert-Any $value 'value'
    foreach ($key in $value.Keys) {
        if (-not (Get-Flag $value $key)) {
            Stop-Reconciler -Code 'bad-request' -Target $key -Text ('"' + $key + '" is false: an override is set, never cleared')
        }
    }
    $ofOverride = @{}
    if ($value.Contains('full_import')) { $ofOverride['FullImportRequired'] = $true }
    if ($value.Contains('full_sync')) { $ofOverride['FullSyncRequired'] = $true }
    [void] (Get-KnownConnector $Live $identifier)
    $work = New-Work @('overrides/' + $identifier) @{ 'Set-ADSyncSchedulerConnectorOverride' = (@('ConnectorIdentifier') + $ofOverride.Keys) } $value
    $work['identifier'] = $identifier
    $work['settings'] = $ofOverride
    return $work
}

function Invoke-OverrideWork {
    param([hashtable] $Live, [hashtable] $Work)
    $ofOverride = $Work['settings']
    Set-ADSyncSchedulerConnectorOverride -ConnectorIdentifier $Work['identifier'] @ofOverride -ErrorAction Stop
}

function Test-OverrideWork {
    param([hashtable] $Live, [hashtable] $Work)
    return , (Get-NotAsWanted $Work.wanted (Get-FacetTree $Live $Work.facets[0]))
}

function New-BackUpWork {
    param([hashtable] $Live, $Op)
    Assert-Target $Op ''
    Assert-Members $Op['value'] 'value' @()
    return New-Work @() @{ 'Get-ADSyncServerConfiguration' = @('Path') } $null -WhileBusy
}

function Invoke-BackUpWork {
    # Into a folder that the bridge names, of its own: no request can choose a path.
    param([hashtable] $Live, [hashtable] $Work)
    $name = [System.DateTime]::UtcNow.ToString('yyyyMMdd-HHmmss', [System.Globalization.CultureInfo]::InvariantCulture) + '-' + [guid]::NewGuid().ToString('n').Substring(0, 8)
    $Work['path'] = Get-RecordPath (Join-Path -Path 'backups' -ChildPath $name)
    [void] [System.IO.Directory]::CreateDirectory($Work['path'])
    Get-ADSyncServerConfiguration -Path $Work['path'] -ErrorAction Stop | Out-Null
}

function Test-BackUpWork {
    param([hashtable] $Live, [hashtable] $Work)
    if (@([System.IO.Directory]::GetFiles($Work['path'], '*.xml', [System.IO.SearchOption]::AllDirectories)).Count -eq 0) { return , @('files') }
    return , @()
}

function New-ConnectorWork {
    # Several facets of one connector in one write, by the third module where it is installed.
    param([hashtable] $Live, $Op)
    $identifier = Get-TargetGuid $Op 'connector/'
    if ($null -eq (Get-Command -Name 'Save-ReconcilerConnector' -ErrorAction SilentlyContinue)) {
        Stop-Reconciler -Code 'unsupported-here' -Target 'unsupported' -Text 'this bridge was installed without the writes that the vendor does not support'
    }
    $value = Read-ConnectorValue $Op['value']
    $connector = Get-KnownConnector $Live $identifier
    $facets = New-Object -TypeName System.Collections.ArrayList
    foreach ($key in $script:PartitionFacets.Keys) {
        if (-not $value.Contains($key)) { continue }
        foreach ($item in $value[$key]) {
            if ($null -eq (Get-PartitionOf $connector $item.partition_dn)) {
                Stop-Reconciler -Code 'not-found' -Target $item.partition_dn -Text 'the connector has no partition with this DN'
            }
            [void] $facets.Add('connector/' + $identifier + '/' + $script:PartitionFacets[$key] + '/' + $item.partition_dn)
        }
    }
    if ($value.Contains('attribute_selection')) { [void] $facets.Add('connector/' + $identifier + '/attribute-selection') }
    if ($value.Contains('object_types')) { [void] $facets.Add('connector/' + $identifier + '/object-types') }
    $work = New-Work $facets.ToArray() @{ 'Add-ADSyncConnector' = @('Connector') } $value
    $work['identifier'] = $identifier
    return $work
}

$script:PartitionFacets = [ordered]@{
    domains = 'domain'; organizational_units = 'organizational-units'; preferred_domain_controllers = 'preferred-domain-controllers'
}

function Read-ConnectorValue {
    param($Value)
    Assert-Members $Value 'value' @() @('domains', 'organizational_units', 'preferred_domain_controllers', 'attribute_selection', 'object_types')
    Assert-Any $Value 'value'
    $read = [ordered]@{}
    if ($Value.Contains('domains')) {
        $read['domains'] = @(foreach ($item in (Get-Items $Value 'domains')) {
                Assert-Members $item 'domains' @('partition_dn', 'selected')
                [ordered]@{ partition_dn = Get-Name $item 'partition_dn'; selected = Get-Flag $item 'selected' }
            })
    }
    if ($Value.Contains('organizational_units')) {
        $read['organizational_units'] = @(foreach ($item in (Get-Items $Value 'organizational_units')) {
                Assert-Members $item 'organizational_units' @('partition_dn', 'inclusions', 'exclusions')
                [ordered]@{ partition_dn = Get-Name $item 'partition_dn'; inclusions = Get-Texts $item 'inclusions'; exclusions = Get-Texts $item 'exclusions' }
            })
    }
    if ($Value.Contains('preferred_domain_controllers')) {
        $read['preferred_domain_controllers'] = @(foreach ($item in (Get-Items $Value 'preferred_domain_controllers')) {
                Assert-Members $item 'preferred_domain_controllers' @('partition_dn', 'controllers')
                [ordered]@{ partition_dn = Get-Name $item 'partition_dn'; controllers = Get-Texts $item 'controllers' }
            })
    }
    foreach ($key in 'attribute_selection', 'object_types') {
        if (-not $Value.Contains($key)) { continue }
        $read[$key] = Get-Texts $Value $key
        if ($read[$key].Count -eq 0) {
            Stop-Reconciler -Code 'bad-request' -Target $key -Text ('"' + $key + '" is empty: no connector works without')
        }
    }
    return $read
}

function Get-PartitionOf {
    param($Connector, [string] $Dn)
    foreach ($partition in $Connector.Partitions) {
        if ([string] $partition.DN -ceq $Dn) { return $partition }
    }
    return $null
}

function Invoke-ConnectorWork {
    param([hashtable] $Live, [hashtable] $Work)
    Save-ReconcilerConnector -Connector (Get-LiveConnector $Live $Work['identifier']) -Value $Work.wanted
}

function Test-ConnectorWork {
    # Lists are sets here, apart from the controllers; classes that the hierarchy needs stay.
    param([hashtable] $Live, [hashtable] $Work)
    $connector = ConvertTo-ConnectorTree (Get-LiveConnector $Live $Work['identifier']) (Get-LiveConnectors $Live)
    $wanted = $Work.wanted
    $wrong = New-Object -TypeName System.Collections.ArrayList
    foreach ($partition in $connector.partitions) {
        foreach ($key in $script:PartitionFacets.Keys) {
            if (-not $wanted.Contains($key)) { continue }
            foreach ($item in $wanted[$key]) {
                if ($item.partition_dn -ceq $partition.dn -and -not (Test-Partition $key $item $partition)) { [void] $wrong.Add($key + ' of ' + $partition.dn) }
            }
        }
    }
    if ($wanted.Contains('attribute_selection') -and -not (Test-SameSet $wanted['attribute_selection'] $connector.attributes)) { [void] $wrong.Add('attribute_selection') }
    if ($wanted.Contains('object_types')) {
        $found = @($connector.object_types | Where-Object { $script:StructuralClasses -notcontains $_ })
        $listed = @($wanted['object_types'] | Where-Object { $script:StructuralClasses -notcontains $_ })
        if (-not (Test-SameSet $listed $found)) { [void] $wrong.Add('object_types') }
    }
    return , $wrong.ToArray()
}

$script:StructuralClasses = @('container', 'domainDNS', 'organizationalUnit')

function Test-Partition {
    param([string] $Key, $Wanted, $Found)
    switch -CaseSensitive ($Key) {
        'domains' { return ($Wanted.selected -eq $Found.selected) }
        'organizational_units' { return ((Test-SameSet $Wanted.inclusions $Found.inclusions) -and (Test-SameSet $Wanted.exclusions $Found.exclusions)) }
        'preferred_domain_controllers' { return ((ConvertTo-ReconcilerJson $Wanted.controllers) -ceq (ConvertTo-ReconcilerJson $Found.preferred_domain_controllers)) }
    }
}

function Test-SameSet {
    param([string[]] $One, [string[]] $Other)
    return ((ConvertTo-ReconcilerJson (Get-Sorted $One)) -ceq (ConvertTo-ReconcilerJson (Get-Sorted $Other)))
}
