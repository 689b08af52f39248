# A stand-in for the product's module: the cmdlets that the bridge uses, with the names, parameters and
# types of contracts/adsync-cmdlets.json. It serves tests only.
#
#   ADSYNC_STUB_EXPORT    export folder that the server starts from
#   ADSYNC_STUB_STATE     folder of the server; processes that share it see one server
#   ADSYNC_STUB_WITHOUT   what this build lacks: "Cmdlet" or "Cmdlet:Parameter", separated by commas
#   ADSYNC_STUB_ASKING    what this build asks for beyond: "Cmdlet:Parameter", separated by commas
#   ADSYNC_STUB_ASSEMBLY  folder for the compiled types (default: a folder of the user)
#
# Lines of the file "switches" in the state folder act at once: busy=1, wizard=1, and with a list of
# cmdlets refuse=, ignore=, slow=, exit-before=, exit-after=.

using namespace System.Collections.Generic
using namespace System.Management.Automation

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Import-StubAssembly {
    $sources = 'ObjectModel.cs', 'Server.cs', 'Registry.cs' | ForEach-Object { Join-Path $PSScriptRoot $_ }
    $text = ($sources | ForEach-Object { [IO.File]::ReadAllText($_) }) -join ''
    $hash = [Security.Cryptography.SHA256]::Create().ComputeHash([Text.Encoding]::UTF8.GetBytes($text + $PSVersionTable.PSVersion))
    $folder = $env:ADSYNC_STUB_ASSEMBLY
    if (-not $folder) { $folder = Join-Path ([IO.Path]::GetTempPath()) "adsync-stub-$([Environment]::UserName)" }
    $assembly = Join-Path $folder ('ADSyncStub-' + [BitConverter]::ToString($hash, 0, 8).Replace('-', '') + '.dll')
    if (-not (Test-Path $assembly)) {
        [void] (New-Item -ItemType Directory -Force $folder)
        $part = Join-Path $folder "$([guid]::NewGuid()).dll"
        $references = @{}
        if ($PSVersionTable.PSVersion.Major -eq 5) {
            $references = @{ ReferencedAssemblies = 'System', 'System.Core', 'System.Xml', 'System.Xml.Linq', ([PSObject].Assembly.Location) }
        }
        Add-Type -Path $sources -OutputAssembly $part @references
        # another process may have been quicker, with the same assembly
        try { [IO.File]::Move($part, $assembly) } catch [IO.IOException] { Remove-Item $part }
    }
    # where there is a real registry, the stub's takes its place in this session
    if (Get-PSDrive -Name HKLM -ErrorAction Ignore) { Remove-PSDrive -Name HKLM -Scope Global -Force }
    Import-Module $assembly
}

Import-StubAssembly
$script:Server = [ADSyncStub.Server]::new($env:ADSYNC_STUB_EXPORT, $env:ADSYNC_STUB_STATE)
[ADSyncStub.StubRegistry]::Server = $script:Server

function Enter-Stub {
    # Logs the call, does what the tests switched, and says whether the cmdlet should act.
    param([PSCmdlet] $Cmdlet, [switch] $Writes, [switch] $WhileBusy)
    $name = $Cmdlet.MyInvocation.MyCommand.Name
    $parameters = @($Cmdlet.MyInvocation.BoundParameters.Keys | Sort-Object)
    $script:Server.Log((ConvertTo-Json -Compress ([ordered]@{ cmdlet = $name; parameters = $parameters; process = $PID })))
    if ($script:Server.IsSwitched('slow', $name)) { Start-Sleep -Seconds 2 }
    if ($script:Server.IsSwitched('exit-before', $name)) { [Environment]::Exit(9) }
    if ($script:Server.IsSwitched('refuse', $name)) { Deny-Stub $Cmdlet 'Access is denied. Verify that you are an administrator.' }
    if ($Writes -and -not $WhileBusy) {
        if ($script:Server.Switch('wizard')) { Deny-Stub $Cmdlet 'The wizard is open.' }
        if ($script:Server.Switch('busy')) { Deny-Stub $Cmdlet 'A synchronization cycle is running.' }
    }
    return -not $script:Server.IsSwitched('ignore', $name)
}

function Exit-Stub {
    param([PSCmdlet] $Cmdlet)
    if ($script:Server.IsSwitched('exit-after', $Cmdlet.MyInvocation.MyCommand.Name)) { [Environment]::Exit(9) }
}

function Deny-Stub {
    param([PSCmdlet] $Cmdlet, [string] $Message)
    $Cmdlet.ThrowTerminatingError([ErrorRecord]::new([InvalidOperationException]::new($Message), 'Stub', 'InvalidOperation', $null))
}

function Invoke-Stub {
    # Runs what the server does; its refusal is the cmdlet's own error.
    param([PSCmdlet] $Cmdlet, [scriptblock] $Action)
    try { & $Action }
    catch [ADSyncStub.RefusedException] { Deny-Stub $Cmdlet $_.Exception.Message }
    catch {
        if ($_.Exception.InnerException -is [ADSyncStub.RefusedException]) { Deny-Stub $Cmdlet $_.Exception.InnerException.Message }
        throw
    }
}

function Get-ADSyncGlobalSettings {
    [CmdletBinding(SupportsShouldProcess)] param()
    [void] (Enter-Stub $PSCmdlet)
    $script:Server.GetGlobalSettings()
}

function Get-ADSyncScheduler {
    [CmdletBinding()] param()
    [void] (Enter-Stub $PSCmdlet)
    $script:Server.GetScheduler()
}

function Set-ADSyncScheduler {
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(ValueFromPipeline)] [AllowNull()] [Nullable[timespan]] $CustomizedSyncCycleInterval,
        [Parameter(ValueFromPipeline)] [Nullable[bool]] $SyncCycleEnabled,
        [Parameter(ValueFromPipeline)] [Nullable[Microsoft.IdentityManagement.PowerShell.ObjectModel.SynchronizationPolicyType]] $NextSyncCyclePolicyType,
        [Parameter(ValueFromPipeline)] [Nullable[timespan]] $PurgeRunHistoryInterval,
        [Parameter(ValueFromPipeline)] [Nullable[bool]] $MaintenanceEnabled,
        [Parameter(ValueFromPipeline)] [Nullable[bool]] $SchedulerSuspended,
        [Parameter(ValueFromPipeline)] [switch] $Force
    )
    process {
        $given = $PSBoundParameters
        if (-not (Enter-Stub $PSCmdlet -Writes -WhileBusy)) { return }
        $names = @{
            CustomizedSyncCycleInterval = 'TimeInterval'; SyncCycleEnabled = 'SynchronizationSchedule'
            NextSyncCyclePolicyType = 'SynchronizationPolicy'; PurgeRunHistoryInterval = 'RunHistoryPurgeInterval'
            MaintenanceEnabled = 'MaintenanceEnabled'; SchedulerSuspended = 'SchedulerSuspended'
        }
        foreach ($name in $names.Keys) {
            if (-not $given.ContainsKey($name)) { continue }
            $value = $given[$name]
            if ($null -eq $value) { $value = [timespan] '00:30:00' }
            $script:Server.SetParameter('Microsoft.Synchronize.' + $names[$name], $value.ToString())
        }
        Exit-Stub $PSCmdlet
    }
}

function Get-ADSyncAutoUpgrade {
    [CmdletBinding()] param([switch] $Detail)
    $isDetailed = $PSBoundParameters.ContainsKey('Detail')
    [void] (Enter-Stub $PSCmdlet)
    $status = $script:Server.GetAutoUpgrade()
    if ($isDetailed) { $status } else { $status.State }
}

function Set-ADSyncAutoUpgrade {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] [Microsoft.IdentityManagement.PowerShell.ObjectModel.AutoUpgradeConfigurationState] $AutoUpgradeState,
        [Parameter(Position = 1)] [string] $SuspensionReason
    )
    if (-not (Enter-Stub $PSCmdlet -Writes)) { return }
    $script:Server.SetParameter('Microsoft.OptionalFeature.AutoUpgradeState', $AutoUpgradeState.ToString())
    Exit-Stub $PSCmdlet
}

function Get-ADSyncConnector {
    [CmdletBinding()] param([guid] $Identifier, [string] $Name, [switch] $Summary)
    $given = $PSBoundParameters
    [void] (Enter-Stub $PSCmdlet)
    $script:Server.GetConnectors() | Where-Object {
        (-not $given.ContainsKey('Identifier') -or $_.Identifier -eq $given.Identifier) -and (-not $given.ContainsKey('Name') -or $_.Name -eq $given.Name)
    }
}

function Add-ADSyncConnector {
    [CmdletBinding(DefaultParameterSetName = 'ConnectorSingle')]
    param(
        [Parameter(ParameterSetName = 'ConnectorSingle', Position = 0)] [Microsoft.IdentityManagement.PowerShell.ObjectModel.Connector] $Connector,
        [Parameter(ParameterSetName = 'ConnectorFragments', Mandatory, Position = 0)] [string] $Name,
        [Parameter(ParameterSetName = 'ConnectorFragments', Mandatory, Position = 1)] $Type,
        [Parameter(ParameterSetName = 'ConnectorFragments')] [string] $Description,
        [Parameter(ParameterSetName = 'ConnectorFragments')] [Microsoft.IdentityManagement.PowerShell.ObjectModel.ParameterKeyedCollection] $ConnectivityParameterSettings,
        [Parameter(ParameterSetName = 'ConnectorFragments')] [Microsoft.IdentityManagement.PowerShell.ObjectModel.ParameterKeyedCollection] $GlobalParameterSettings,
        [Parameter(ParameterSetName = 'ConnectorFragments')] [Dictionary[string, string]] $HierarchyProvisioningMappings,
        [Parameter(ParameterSetName = 'ConnectorFragments')] [List[Microsoft.IdentityManagement.PowerShell.ObjectModel.ConnectorPartition]] $Partitions
    )
    if (-not (Enter-Stub $PSCmdlet -Writes)) { return }
    Invoke-Stub $PSCmdlet { $script:Server.SaveConnector($Connector) }
    Exit-Stub $PSCmdlet
}

function Get-ADSyncConnectorPartitionHierarchy {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline)] [Microsoft.IdentityManagement.PowerShell.ObjectModel.Connector] $Connector,
        [Parameter(Mandatory, Position = 1, ValueFromPipeline)] [Microsoft.IdentityManagement.PowerShell.ObjectModel.ConnectorPartition] $Partition,
        [Microsoft.IdentityManagement.PowerShell.ObjectModel.ConnectorPartitionHierarchyNode] $ParentPartitionHierarchyNode
    )
    process {
        $parent = if ($PSBoundParameters.ContainsKey('ParentPartitionHierarchyNode')) { $ParentPartitionHierarchyNode.DN } else { [NullString]::Value }
        [void] (Enter-Stub $PSCmdlet)
        $script:Server.GetHierarchy($Partition, $parent)
    }
}

function Get-ADSyncConnectorRunStatus {
    [CmdletBinding()] param()
    [void] (Enter-Stub $PSCmdlet)
    if (-not $script:Server.Switch('busy')) { return }
    [Microsoft.IdentityManagement.PowerShell.ObjectModel.ConnectorRunStatus]@{ RunState = 'Busy'; ConnectorName = $script:Server.GetConnectors()[0].Name }
}

function Get-ADSyncConnectorStatistics {
    [CmdletBinding()] param([Parameter(Mandatory, Position = 0)] [string] $ConnectorName)
    [void] (Enter-Stub $PSCmdlet)
    [Microsoft.IdentityManagement.PowerShell.ObjectModel.ConnectorStatistics]::new()
}

function Get-ADSyncSchema {
    [CmdletBinding()]
    param([Parameter(ValueFromPipeline)] [Microsoft.IdentityManagement.PowerShell.ObjectModel.Connector] $Connector, [guid] $Identifier)
    process {
        $given = $PSBoundParameters
        [void] (Enter-Stub $PSCmdlet)
        $owner = if ($given.ContainsKey('Connector')) { $Connector.Identifier } elseif ($given.ContainsKey('Identifier')) { $Identifier }
        $script:Server.GetSchema($owner)
    }
}

function Get-ADSyncAADPasswordSyncConfiguration {
    [CmdletBinding()] param([Parameter(Mandatory, Position = 0)] [string] $SourceConnector)
    [void] (Enter-Stub $PSCmdlet)
    Invoke-Stub $PSCmdlet { $script:Server.GetPasswordHashSync($SourceConnector) }
}

function Set-ADSyncAADPasswordSyncConfiguration {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] [string] $SourceConnector,
        [Parameter(Mandatory, Position = 1)] [string] $TargetConnector,
        [Parameter(Mandatory, Position = 2)] [bool] $Enable,
        [Parameter(Position = 3)] [pscredential] $PasswordAgentCredentials
    )
    if (-not (Enter-Stub $PSCmdlet -Writes)) { return }
    Invoke-Stub $PSCmdlet { $script:Server.SetPasswordHashSync($SourceConnector, $TargetConnector, $Enable) }
    Exit-Stub $PSCmdlet
}

function Get-ADSyncSchedulerConnectorOverride {
    [CmdletBinding()] param([guid] $ConnectorIdentifier, [string] $ConnectorName)
    $given = $PSBoundParameters
    [void] (Enter-Stub $PSCmdlet)
    $names = @{}
    foreach ($connector in $script:Server.GetConnectors()) { $names[$connector.Identifier] = $connector.Name }
    $script:Server.GetOverrides() | Where-Object {
        (-not $given.ContainsKey('ConnectorIdentifier') -or $_.ConnectorIdentifier -eq $given.ConnectorIdentifier) -and
        (-not $given.ContainsKey('ConnectorName') -or $names[$_.ConnectorIdentifier] -eq $given.ConnectorName)
    }
}

function Set-ADSyncSchedulerConnectorOverride {
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(ParameterSetName = 'ConnectorIdentifier', Mandatory, ValueFromPipeline)] [guid] $ConnectorIdentifier,
        [Parameter(ParameterSetName = 'ConnectorName', Mandatory, ValueFromPipeline)] [string] $ConnectorName,
        [Parameter(ValueFromPipeline)] [Nullable[bool]] $FullImportRequired,
        [Parameter(ValueFromPipeline)] [Nullable[bool]] $FullSyncRequired
    )
    process {
        $given = $PSBoundParameters
        if (-not (Enter-Stub $PSCmdlet -Writes)) { return }
        $identifier = if ($given.ContainsKey('ConnectorIdentifier')) { $ConnectorIdentifier } else { ($script:Server.GetConnectors() | Where-Object Name -EQ $ConnectorName).Identifier }
        $script:Server.SetOverride($identifier, $FullImportRequired, $FullSyncRequired)
        Exit-Stub $PSCmdlet
    }
}

function Get-ADSyncServerConfiguration {
    [CmdletBinding()] param([Parameter(Mandatory, Position = 0)] [string] $Path, [Parameter(Position = 1)] [switch] $ValidateConfiguration)
    if (-not (Enter-Stub $PSCmdlet)) { return }
    $script:Server.ExportTo($Path)
}

function Get-ADSyncRule {
    [CmdletBinding(SupportsShouldProcess)] param([Parameter(Position = 0)] [guid] $Identifier)
    $given = $PSBoundParameters
    [void] (Enter-Stub $PSCmdlet)
    $script:Server.GetRules() | Where-Object { -not $given.ContainsKey('Identifier') -or $_.Identifier -eq $given.Identifier }
}

function New-ADSyncRule {
    [CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'SynchronizationRuleFragments')]
    param(
        [Parameter(Mandatory, Position = 0)] [string] $Name,
        [Parameter(Mandatory, Position = 1)] [Microsoft.IdentityManagement.PowerShell.ObjectModel.SynchronizationRuleDirection] $Direction,
        [Parameter(Mandatory, Position = 2)] [guid] $Connector,
        [Parameter(Mandatory, Position = 3)] [string] $SourceObjectType,
        [Parameter(Mandatory, Position = 4)] [string] $TargetObjectType,
        [int] $Precedence,
        [Parameter(ParameterSetName = 'SynchronizationRuleFragments')] [switch] $EnablePasswordSync,
        [Parameter(ParameterSetName = 'SynchronizationRuleFragments')] [switch] $Disabled,
        [guid] $PrecedenceAfter,
        [guid] $PrecedenceBefore,
        [Parameter(Mandatory, Position = 5)] [Microsoft.IdentityManagement.PowerShell.ObjectModel.SyncRuleLinkType] $LinkType,
        [string] $Description,
        [string] $ImmutableTag,
        [guid] $Identifier,
        [timespan] $SoftDeleteExpiryInterval
    )
    $given = $PSBoundParameters
    [void] (Enter-Stub $PSCmdlet)
    $rule = [Microsoft.IdentityManagement.PowerShell.ObjectModel.SynchronizationRule]::new()
    foreach ($property in 'Name', 'Direction', 'Connector', 'SourceObjectType', 'TargetObjectType', 'Precedence', 'PrecedenceAfter', 'PrecedenceBefore', 'LinkType', 'Description', 'Identifier', 'SoftDeleteExpiryInterval') {
        if ($given.ContainsKey($property)) { $rule.$property = $given[$property] }
    }
    $rule.EnablePasswordSync = $given.ContainsKey('EnablePasswordSync') -and $EnablePasswordSync
    $rule.Disabled = $given.ContainsKey('Disabled') -and $Disabled
    if ($given.ContainsKey('ImmutableTag')) { $rule.ImmutableTag = [Microsoft.IdentityManagement.PowerShell.ObjectModel.ImmutableTag]@{ TagValue = $ImmutableTag } }
    $rule
}

function Add-ADSyncAttributeFlowMapping {
    [CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'SingleAttributeFlowMapping')]
    param(
        [Parameter(ParameterSetName = 'AllAttributeFlowMappings', Mandatory, Position = 0, ValueFromPipeline)]
        [Parameter(ParameterSetName = 'SingleAttributeFlowMapping')] [Microsoft.IdentityManagement.PowerShell.ObjectModel.SynchronizationRule] $SynchronizationRule,
        [Parameter(ParameterSetName = 'AllAttributeFlowMappings', Mandatory, Position = 1)] [List[Microsoft.IdentityManagement.PowerShell.ObjectModel.AttributeFlowMapping]] $AttributeFlowMappings,
        [Parameter(ParameterSetName = 'SingleAttributeFlowMapping', Position = 1)] [List[string]] $Source,
        [Parameter(ParameterSetName = 'SingleAttributeFlowMapping', Mandatory, Position = 2)] [string] $Destination,
        [Parameter(ParameterSetName = 'SingleAttributeFlowMapping', Mandatory, Position = 3)] [Microsoft.IdentityManagement.PowerShell.ObjectModel.AttributeMappingFlowType] $FlowType,
        [Parameter(ParameterSetName = 'SingleAttributeFlowMapping')] [string] $Expression,
        [Parameter(ParameterSetName = 'SingleAttributeFlowMapping')] [switch] $ExecuteOnce,
        [Parameter(ParameterSetName = 'SingleAttributeFlowMapping', Position = 5)] [Microsoft.IdentityManagement.PowerShell.ObjectModel.AttributeValueMergeType] $ValueMergeType,
        [Microsoft.IdentityManagement.PowerShell.ObjectModel.SynchronizationRuleDirection] $Direction
    )
    process {
        $given = $PSBoundParameters
        [void] (Enter-Stub $PSCmdlet)
        $flow = [Microsoft.IdentityManagement.PowerShell.ObjectModel.AttributeFlowMapping]::new()
        foreach ($property in 'Source', 'Destination', 'FlowType', 'Expression', 'ValueMergeType') {
            if ($given.ContainsKey($property)) { $flow.$property = $given[$property] }
        }
        $flow.ExecuteOnce = $given.ContainsKey('ExecuteOnce') -and $ExecuteOnce
        $SynchronizationRule.AttributeFlowMappings.Add($flow)
        $SynchronizationRule
    }
}

function Add-ADSyncScopeConditionGroup {
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline)] [Microsoft.IdentityManagement.PowerShell.ObjectModel.SynchronizationRule] $SynchronizationRule,
        [Parameter(Mandatory, Position = 1)] [List[Microsoft.IdentityManagement.PowerShell.ObjectModel.ScopeCondition]] $ScopeConditions
    )
    process {
        [void] (Enter-Stub $PSCmdlet)
        $SynchronizationRule.ScopeFilter.Add([Microsoft.IdentityManagement.PowerShell.ObjectModel.ScopeConditionGroup]::new($ScopeConditions))
        $SynchronizationRule
    }
}

function Add-ADSyncJoinConditionGroup {
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline)] [Microsoft.IdentityManagement.PowerShell.ObjectModel.SynchronizationRule] $SynchronizationRule,
        [Parameter(Mandatory, Position = 1, ValueFromPipeline)] [List[Microsoft.IdentityManagement.PowerShell.ObjectModel.JoinCondition]] $JoinConditions
    )
    process {
        [void] (Enter-Stub $PSCmdlet)
        $SynchronizationRule.JoinFilter.Add([Microsoft.IdentityManagement.PowerShell.ObjectModel.JoinConditionGroup]::new($JoinConditions))
        $SynchronizationRule
    }
}

function Add-ADSyncRule {
    [CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'SynchronizationRuleSingle')]
    param(
        [Parameter(ParameterSetName = 'SynchronizationRuleSingle', Mandatory, Position = 0, ValueFromPipeline)] [Microsoft.IdentityManagement.PowerShell.ObjectModel.SynchronizationRule] $SynchronizationRule,
        [Parameter(ParameterSetName = 'SynchronizationRuleFragments', Mandatory)] [string] $Name,
        [Parameter(ParameterSetName = 'SynchronizationRuleFragments', Mandatory)] [guid] $Connector,
        [Parameter(ParameterSetName = 'SynchronizationRuleFragments', Mandatory)] [Microsoft.IdentityManagement.PowerShell.ObjectModel.SynchronizationRuleDirection] $Direction,
        [Parameter(ParameterSetName = 'SynchronizationRuleFragments', Mandatory)] [string] $SourceObjectType,
        [Parameter(ParameterSetName = 'SynchronizationRuleFragments', Mandatory)] [string] $TargetObjectType,
        [Parameter(ParameterSetName = 'SynchronizationRuleFragments')] [int] $Precedence,
        [Parameter(ParameterSetName = 'SynchronizationRuleFragments')] [guid] $PrecedenceAfter,
        [Parameter(ParameterSetName = 'SynchronizationRuleFragments')] [guid] $PrecedenceBefore,
        [Parameter(ParameterSetName = 'SynchronizationRuleFragments')] [string] $Description,
        [Parameter(ParameterSetName = 'SynchronizationRuleFragments')] [guid] $Identifier,
        [Parameter(ParameterSetName = 'SynchronizationRuleFragments')] [string] $ImmutableTag,
        [Parameter(ParameterSetName = 'SynchronizationRuleFragments')] [List[Microsoft.IdentityManagement.PowerShell.ObjectModel.ScopeConditionGroup]] $ScopeFilter,
        [Parameter(ParameterSetName = 'SynchronizationRuleFragments')] [List[Microsoft.IdentityManagement.PowerShell.ObjectModel.JoinConditionGroup]] $JoinFilter,
        [Parameter(ParameterSetName = 'SynchronizationRuleFragments')] [Microsoft.IdentityManagement.PowerShell.ObjectModel.SyncRuleLinkType] $LinkType,
        [Parameter(ParameterSetName = 'SynchronizationRuleFragments')] [switch] $EnablePasswordSync,
        [Parameter(ParameterSetName = 'SynchronizationRuleFragments')] [switch] $Disabled,
        [Parameter(ParameterSetName = 'SynchronizationRuleFragments')] [List[Microsoft.IdentityManagement.PowerShell.ObjectModel.AttributeFlowMapping]] $AttributeFlowMappings,
        [Parameter(ParameterSetName = 'SynchronizationRuleFragments')] [timespan] $SoftDeleteExpiryInterval
    )
    process {
        if (-not (Enter-Stub $PSCmdlet -Writes)) { return }
        Invoke-Stub $PSCmdlet { $script:Server.SaveRule($SynchronizationRule) }
        Exit-Stub $PSCmdlet
    }
}

function Remove-ADSyncRule {
    [CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'ByIdentifier')]
    param(
        [Parameter(ParameterSetName = 'BySynchronizationRule', Mandatory, Position = 0, ValueFromPipeline)] [Microsoft.IdentityManagement.PowerShell.ObjectModel.SynchronizationRule] $SynchronizationRule,
        [Parameter(ParameterSetName = 'ByIdentifier', Mandatory, Position = 0)] [guid] $Identifier
    )
    process {
        $target = if ($PSBoundParameters.ContainsKey('Identifier')) { $Identifier } else { $SynchronizationRule.Identifier }
        if (-not (Enter-Stub $PSCmdlet -Writes)) { return }
        Invoke-Stub $PSCmdlet { $script:Server.RemoveRule($target) }
        Exit-Stub $PSCmdlet
    }
}

function Set-StubParameters {
    # Defines a cmdlet again with other parameters, as another build has it.
    param([string] $Cmdlet, [string] $Without, [string] $Asking)
    $function = (Get-Command $Cmdlet).ScriptBlock.Ast
    $parameters = @($function.Body.ParamBlock.Parameters | Where-Object { $_.Name.VariablePath.UserPath -ne $Without } | ForEach-Object { $_.Extent.Text })
    if ($Asking) { $parameters += "[Parameter(Mandatory)] [string] `$$Asking" }
    $block = $function.Body.ParamBlock.Extent
    $text = $function.Extent.Text
    # the attributes of the param block stand before it; the extent begins with the first of them
    $start = $text.IndexOf('param(', $block.StartOffset - $function.Extent.StartOffset)
    if ($start -lt 0) { $start = $text.IndexOf('param (', 0) }
    $end = $block.EndOffset - $function.Extent.StartOffset
    $text = $text.Substring(0, $start) + "param(`n" + ($parameters -join ",`n") + ')' + $text.Substring($end)
    . ([scriptblock]::Create("using namespace System.Collections.Generic`n" + $text.Replace("function $Cmdlet", "function script:$Cmdlet")))
}

foreach ($lack in @("$env:ADSYNC_STUB_WITHOUT".Split([char[]] ',', [StringSplitOptions]::RemoveEmptyEntries))) {
    $cmdlet, $parameter = $lack.Split(':')
    if ($parameter) { Set-StubParameters $cmdlet -Without $parameter } else { Remove-Item "function:$cmdlet" }
}
foreach ($wish in @("$env:ADSYNC_STUB_ASKING".Split([char[]] ',', [StringSplitOptions]::RemoveEmptyEntries))) {
    $cmdlet, $parameter = $wish.Split(':')
    Set-StubParameters $cmdlet -Asking $parameter
}

Export-ModuleMember -Function '*-ADSync*'
