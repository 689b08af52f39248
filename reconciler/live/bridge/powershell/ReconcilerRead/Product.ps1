# The product's cmdlets: which of them the bridge uses, which parameters this build gives them, and
# the live objects of one call, each fetched once.

$script:EntraConnector = [guid] 'b891884f-051e-4a83-95af-2544101c9083'
$script:ReadCmdlets = @(
    'Get-ADSyncAADPasswordSyncConfiguration', 'Get-ADSyncAutoUpgrade', 'Get-ADSyncConnector'
    'Get-ADSyncConnectorPartitionHierarchy', 'Get-ADSyncConnectorRunStatus', 'Get-ADSyncConnectorStatistics'
    'Get-ADSyncGlobalSettings', 'Get-ADSyncRule', 'Get-ADSyncScheduler', 'Get-ADSyncSchedulerConnectorOverride'
    'Get-ADSyncSchema')
$script:WriteCmdlets = @(
    'Add-ADSyncAttributeFlowMapping', 'Add-ADSyncConnector', 'Add-ADSyncJoinConditionGroup', 'Add-ADSyncRule'
    'Add-ADSyncScopeConditionGroup', 'Get-ADSyncServerConfiguration', 'New-ADSyncRule', 'Remove-ADSyncRule'
    'Set-ADSyncAADPasswordSyncConfiguration', 'Set-ADSyncAutoUpgrade', 'Set-ADSyncScheduler'
    'Set-ADSyncSchedulerConnectorOverride')
$script:CommonParameters = @(
    'Verbose', 'Debug', 'ErrorAction', 'WarningAction', 'InformationAction', 'ProgressAction', 'ErrorVariable'
    'WarningVariable', 'InformationVariable', 'OutVariable', 'OutBuffer', 'PipelineVariable', 'WhatIf', 'Confirm')
$script:RegistryKey = 'HKLM:\SOFTWARE\Microsoft\Azure AD Connect'
$script:SecretName = '(?i)(password|passphrase|secret|privatekey|token|credentials?)$'
$script:NoiseNames = @('cookie', 'last-dc', 'Microsoft.Synchronize.NextStartTime')

function Import-Product {
    # Loads the ADSync module, which may not load by itself on a restricted server.
    if ($null -ne (Get-Module -Name ADSync)) { return }
    if ($null -eq (Get-Module -Name ADSync -ListAvailable)) {
        Stop-Reconciler -Code 'unsupported-here' -Target 'ADSync' -Text 'this machine has no ADSync module: it is not a sync server'
    }
    Import-Module -Name ADSync -ErrorAction Stop -WarningAction SilentlyContinue
}

function Get-ParameterNames {
    # Returns the names of a cmdlet's own parameters on this build, sorted; $null without the cmdlet.
    param([string] $Cmdlet)
    $command = Get-Command -Name $Cmdlet -ErrorAction SilentlyContinue
    if ($null -eq $command) { return $null }
    $names = @($command.Parameters.Keys | Where-Object { $script:CommonParameters -notcontains $_ })
    return , (Get-Sorted $names)
}

function Get-Sorted {
    # Returns texts in ordinal order, which every culture and every PowerShell agree about.
    param([object[]] $Texts)
    $sorted = [string[]] @($Texts)
    [System.Array]::Sort($sorted, [System.StringComparer]::Ordinal)
    return , $sorted
}

function Test-Parameter {
    param([string] $Cmdlet, [string] $Parameter)
    $names = Get-ParameterNames $Cmdlet
    return ($null -ne $names -and $names -contains $Parameter)
}

function Get-CmdletMap {
    # Returns name and parameters of each cmdlet that the bridge uses and this build has.
    $found = New-Object -TypeName System.Collections.ArrayList
    foreach ($cmdlet in (Get-Sorted ($script:ReadCmdlets + $script:WriteCmdlets))) {
        $names = Get-ParameterNames $cmdlet
        if ($null -ne $names) {
            [void] $found.Add([ordered]@{ name = $cmdlet; parameters = $names })
        }
    }
    return , $found.ToArray()
}

function Get-OptionalProperty {
    # Returns a property that older or newer builds may lack, or $null.
    param($Object, [string] $Name)
    $property = $Object.PSObject.Properties[$Name]
    if ($null -eq $property) { return $null }
    return $property.Value
}

function New-Live {
    # The live objects of one call.
    Import-Product
    return @{}
}

function Get-LiveRules {
    param([hashtable] $Live)
    if (-not $Live.ContainsKey('rules')) {
        $Live['rules'] = @(Get-ADSyncRule -ErrorAction Stop)
    }
    return , $Live['rules']
}

function Get-LiveConnectors {
    param([hashtable] $Live)
    if (-not $Live.ContainsKey('connectors')) {
        $Live['connectors'] = @(Get-ADSyncConnector -ErrorAction Stop)
    }
    return , $Live['connectors']
}

function Get-LiveSettings {
    param([hashtable] $Live)
    if (-not $Live.ContainsKey('settings')) {
        $Live['settings'] = Get-ADSyncGlobalSettings -ErrorAction Stop
    }
    return $Live['settings']
}

function Get-LiveScheduler {
    param([hashtable] $Live)
    if (-not $Live.ContainsKey('scheduler')) {
        $Live['scheduler'] = Get-ADSyncScheduler -ErrorAction Stop
    }
    return $Live['scheduler']
}

function Test-WizardOpen {
    # The wizard is a program of that name, and it suspends the scheduler while it works.
    param([hashtable] $Live)
    if ((Get-LiveScheduler $Live).SchedulerSuspended) { return $true }
    return ($null -ne (Get-Process -Name 'AzureADConnect' -ErrorAction SilentlyContinue))
}

function Get-BusyConnectors {
    $names = New-Object -TypeName System.Collections.ArrayList
    foreach ($status in @(Get-ADSyncConnectorRunStatus -ErrorAction Stop)) {
        if ($null -ne $status) { [void] $names.Add([string] $status.ConnectorName) }
    }
    return , $names.ToArray()
}

function Get-AuditLogging {
    # Returns the switch in the registry, $null where it was never set.
    $key = Get-ItemProperty -Path $script:RegistryKey -ErrorAction SilentlyContinue
    if ($null -eq $key) { return $null }
    $value = Get-OptionalProperty $key 'AuditEventLogging'
    if ($null -eq $value) { return $null }
    return ([int] $value -ne 0)
}

function Get-ServerName {
    if ($env:COMPUTERNAME) { return [string] $env:COMPUTERNAME }
    return [System.Environment]::MachineName
}
