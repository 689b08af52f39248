// The product's object model as far as the bridge touches it: names, types, constructors and methods
// of contracts/adsync-cmdlets.json, behaviour of our own. It proves nothing about the product.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;

namespace Microsoft.IdentityManagement.PowerShell.ObjectModel
{
    public enum AttributeMappingFlowType { Direct, Constant, Expression }
    public enum AttributeValueMergeType { Update, Replace, MergeCaseInsensitive, Merge }
    public enum AutoUpgradeConfigurationState { Suspended, Enabled, Disabled }
    public enum ComparisonOperator
    {
        EQUAL, NOTEQUAL, LESSTHAN, LESSTHAN_OR_EQUAL, CONTAINS, NOTCONTAINS, STARTSWITH, NOTSTARTSWITH, ENDSWITH,
        NOTENDSWITH, GREATERTHAN, GREATERTHAN_OR_EQUAL, ISNULL, ISNOTNULL, ISIN, ISNOTIN, ISBITSET, ISBITNOTSET,
        ISMEMBEROF, ISNOTMEMBEROF
    }
    public enum ConfigurationParameterType { String, EncryptedString, Label, Text, DropDown, CheckBox, Divider, File }
    public enum ParameterScope
    {
        ConnectorConnectivity, ConnectorGlobal, ConnectorCapability, ConnectorPartition, ConnectorRunStep,
        SynchronizationGlobal, ConnectorSchema
    }
    public enum ConnectorRunState { Busy }
    public enum SchemaAttributeType { String, Integer, Boolean, Binary, Reference, Number }
    public enum AttributeOperationType { ReadWrite, ReadOnly, WriteOnly }
    public enum SynchronizationPolicyType { Unspecified, Delta, Initial }
    public enum SynchronizationRuleDirection { Inbound, Outbound }
    public enum SyncRuleLinkType { Provision, StickyJoin, Join, JoinNoFlow }

    public class AutoUpgradeStatus
    {
        public AutoUpgradeConfigurationState State { get; internal set; }
        public string SuspensionReason { get; internal set; }
    }

    public class AttributeFlowMapping
    {
        public AttributeFlowMapping() { Source = new List<string>(); }
        public AttributeFlowMapping(List<string> source, string destination, AttributeMappingFlowType flowType, bool executeOnce, string expression)
            : this(source, destination, flowType, executeOnce, AttributeValueMergeType.Update, expression) { }
        public AttributeFlowMapping(List<string> source, string destination, AttributeMappingFlowType flowType, bool executeOnce, AttributeValueMergeType mergeType, string expression)
        {
            Source = source ?? new List<string>();
            Destination = destination;
            FlowType = flowType;
            ExecuteOnce = executeOnce;
            ValueMergeType = mergeType;
            Expression = expression;
        }
        public List<string> Source { get; set; }
        public string Destination { get; set; }
        public AttributeMappingFlowType FlowType { get; set; }
        public bool ExecuteOnce { get; set; }
        public string Expression { get; set; }
        public AttributeValueMergeType ValueMergeType { get; set; }
        public string MappingSourceAsString { get { return string.Join(",", Source); } }
    }

    public class ScopeCondition
    {
        public ScopeCondition() { }
        public ScopeCondition(string attribute, string comparisonValue, ComparisonOperator operation)
        {
            Attribute = attribute;
            ComparisonValue = comparisonValue;
            ComparisonOperator = operation;
        }
        public string Attribute { get; set; }
        public string ComparisonValue { get; set; }
        public ComparisonOperator ComparisonOperator { get; set; }
    }

    public class ScopeConditionGroup
    {
        public ScopeConditionGroup() { ScopeConditionList = new List<ScopeCondition>(); }
        public ScopeConditionGroup(IList<ScopeCondition> conditions) { ScopeConditionList = conditions; }
        public IList<ScopeCondition> ScopeConditionList { get; set; }
    }

    public class JoinCondition
    {
        public JoinCondition() { }
        public JoinCondition(string csAttribute, string mvAttribute) : this(csAttribute, mvAttribute, false) { }
        public JoinCondition(string csAttribute, string mvAttribute, bool caseSensitive)
        {
            CSAttribute = csAttribute;
            MVAttribute = mvAttribute;
            CaseSensitive = caseSensitive;
        }
        public string CSAttribute { get; set; }
        public string MVAttribute { get; set; }
        public bool CaseSensitive { get; set; }
    }

    public class JoinConditionGroup
    {
        public JoinConditionGroup() { JoinConditionList = new List<JoinCondition>(); }
        public JoinConditionGroup(IList<JoinCondition> conditions) { JoinConditionList = conditions; }
        public IList<JoinCondition> JoinConditionList { get; set; }
        public string JoinHash { get { return string.Empty; } }
    }

    public class ImmutableTag
    {
        private static readonly System.Text.RegularExpressions.Regex Form = new System.Text.RegularExpressions.Regex(@"^(.*\.)([0-9]*$)");
        public string TagValue { get; set; }
        public string VersionAgnosticTag
        {
            get { var found = Form.Match(TagValue ?? ""); return found.Success ? found.Groups[1].Value : TagValue; }
        }
        public int TagVersion
        {
            get { int number; var found = Form.Match(TagValue ?? ""); return found.Success && int.TryParse(found.Groups[2].Value, out number) ? number : 0; }
        }
        public bool IsStandardTag { get { return (TagValue ?? "").StartsWith("Microsoft.", StringComparison.Ordinal); } }
        public bool IsLegacyCustomTag { get { return false; } }
    }

    public class SynchronizationRule
    {
        public SynchronizationRule()
        {
            Identifier = Guid.NewGuid();
            JoinFilter = new List<JoinConditionGroup>();
            ScopeFilter = new List<ScopeConditionGroup>();
            AttributeFlowMappings = new List<AttributeFlowMapping>();
        }
        public Guid Identifier { get; set; }
        public Guid InternalId { get; set; }
        public string Name { get; set; }
        public int Version { get; internal set; }
        public string Description { get; set; }
        public ImmutableTag ImmutableTag { get; set; }
        public Guid Connector { get; set; }
        public SynchronizationRuleDirection Direction { get; set; }
        public bool Disabled { get; set; }
        public string SourceObjectType { get; set; }
        public string TargetObjectType { get; set; }
        public int Precedence { get; set; }
        public Guid PrecedenceAfter { get; set; }
        public Guid PrecedenceBefore { get; set; }
        public SyncRuleLinkType LinkType { get; set; }
        public bool EnablePasswordSync { get; set; }
        public IList<JoinConditionGroup> JoinFilter { get; set; }
        public IList<ScopeConditionGroup> ScopeFilter { get; set; }
        public IList<AttributeFlowMapping> AttributeFlowMappings { get; set; }
        public TimeSpan SoftDeleteExpiryInterval { get; set; }
        public string VersionAgnosticTag { get { return ImmutableTag == null ? "" : ImmutableTag.VersionAgnosticTag; } }
        public int TagVersion { get { return ImmutableTag == null ? 0 : ImmutableTag.TagVersion; } }
        public bool IsStandardRule { get { return ImmutableTag != null && ImmutableTag.IsStandardTag; } }
        public bool IsLegacyCustomRule { get { return false; } }
        public string JoinHash { get { return string.Empty; } }
    }

    public class ConfigurationParameter
    {
        public ConfigurationParameter() { }
        public ConfigurationParameter(string name, ConfigurationParameterType inputType, ParameterScope scope, string description, string regexValidation, string defaultValue)
        {
            Name = name;
            InputType = inputType;
            Scope = scope;
            Description = description;
            RegexValidationPattern = regexValidation;
            DefaultValue = defaultValue;
        }
        public string Name { get; internal set; }
        public ConfigurationParameterType InputType { get; internal set; }
        public ParameterScope Scope { get; internal set; }
        public string Description { get; internal set; }
        public string RegexValidationPattern { get; internal set; }
        public string DefaultValue { get; internal set; }
        public string Value { get; set; }
        public bool Extensible { get; set; }
        public int PageNumber { get; set; }
        public bool Intrinsic { get; internal set; }
        public SchemaAttributeType DataType { get; set; }
    }

    public class ParameterKeyedCollection : KeyedCollection<string, ConfigurationParameter>
    {
        protected override string GetKeyForItem(ConfigurationParameter item) { return item.Name; }
        public void AddOrReplace(ConfigurationParameter parameter)
        {
            Remove(parameter.Name);
            Add(parameter);
        }
    }

    public class ConnectorPartitionScope
    {
        public IList<string> ObjectClasses { get; set; }
        public IList<string> ContainerInclusionList { get; set; }
        public IList<string> ContainerExclusionList { get; set; }
    }

    public class ConnectorPartition
    {
        public Guid Identifier { get; set; }
        public string DN { get; set; }
        public int Version { get; set; }
        public DateTime CreationTime { get; internal set; }
        public DateTime LastModificationTime { get; internal set; }
        public bool Selected { get; set; }
        public ConnectorPartitionScope ConnectorPartitionScope { get; set; }
        public string Name { get; set; }
        public ParameterKeyedCollection Parameters { get; set; }
        public List<string> PreferredDCs { get; set; }
        public bool IsDomain { get; set; }
        public void ClearHierarchyNodeSelections() { UpdateHierarchyNodeSelection(new List<string>(), new List<string>()); }
        public void AddHierarchyNodeSelection(string dn) { ConnectorPartitionScope.ContainerInclusionList.Add(dn); }
        public void UpdateHierarchyNodeSelection(List<string> inclusions, List<string> exclusions)
        {
            ConnectorPartitionScope.ContainerInclusionList = new List<string>(inclusions);
            ConnectorPartitionScope.ContainerExclusionList = new List<string>(exclusions);
        }
    }

    public class ConnectorPartitionHierarchyNode
    {
        public string DN { get; internal set; }
        public string DisplayName { get; internal set; }
        public int State { get; internal set; }
    }

    public class Connector
    {
        public string ConnectorTypeName { get; set; }
        public Guid Identifier { get; set; }
        public int Version { get; set; }
        public int InternalVersion { get; set; }
        public int FormatVersion { get; set; }
        public string Name { get; set; }
        public string Description { get; set; }
        public DateTime CreationTime { get; internal set; }
        public DateTime LastModificationTime { get; internal set; }
        public List<ConnectorPartition> Partitions { get; set; }
        public ParameterKeyedCollection ConnectivityParameters { get; set; }
        public ParameterKeyedCollection GlobalParameters { get; set; }
        public ParameterKeyedCollection CapabilityParameters { get; set; }
        public ParameterKeyedCollection SchemaParameters { get; set; }
        public IList<string> ObjectInclusionList { get; set; }
        public List<string> AttributeInclusionList { get; set; }
        public string ListName { get; set; }
        public string CompanyName { get; set; }
        public string Type { get; set; }
        public string Subtype { get; set; }
        public void EnablePartition(ConnectorPartition partition) { partition.Selected = true; }
        public void DisablePartition(ConnectorPartition partition) { partition.Selected = false; }
        public ConnectorPartition FindPartition(string dn) { return Partitions.FirstOrDefault(one => string.Equals(one.DN, dn, StringComparison.OrdinalIgnoreCase)); }
        public ConnectorPartition FindPartition(Guid identifier) { return Partitions.FirstOrDefault(one => one.Identifier == identifier); }
        public void AddObjectInclusionList(IList<string> names) { foreach (var name in names) if (!ObjectInclusionList.Contains(name)) ObjectInclusionList.Add(name); }
        public void RemoveObjectInclusionList(IList<string> names) { foreach (var name in names) ObjectInclusionList.Remove(name); }
        public void AddAttributeInclusionList(List<string> names) { foreach (var name in names) if (!AttributeInclusionList.Contains(name)) AttributeInclusionList.Add(name); }
        public void RemoveAttributeInclusionList(List<string> names) { foreach (var name in names) AttributeInclusionList.Remove(name); }
    }

    public class ConnectorRunStatus
    {
        public ConnectorRunState RunState { get; set; }
        public string ConnectorName { get; set; }
    }

    public class ConnectorStatistics
    {
        public int ExportAdds { get; internal set; }
        public int ExportUpdates { get; internal set; }
        public int ExportDeletes { get; internal set; }
        public int ImportAdds { get; internal set; }
        public int ImportUpdates { get; internal set; }
        public int ImportDeletes { get; internal set; }
        public int ImportNoChange { get; internal set; }
        public int TotalConnectors { get; internal set; }
    }

    public class SchemaAttribute
    {
        public string Identifier { get; set; }
        public string Name { get; set; }
        public SchemaAttributeType Type { get; set; }
        public bool AllowsMultipleValues { get; set; }
        public bool Indexable { get; set; }
        public bool Indexed { get; set; }
        public AttributeOperationType SupportedAttributeOperationType { get; set; }
        public bool Encrypted { get; set; }
    }

    public class SchemaObjectType
    {
        public string Identifier { get; set; }
        public string Name { get; set; }
        public bool Locked { get; set; }
        public string ClassType { get; set; }
    }

    public class SchemaAttributeTypesKeyedCollection : KeyedCollection<string, SchemaAttribute>
    {
        protected override string GetKeyForItem(SchemaAttribute item) { return item.Name; }
    }

    public class SchemaObjectTypesKeyedCollection : KeyedCollection<string, SchemaObjectType>
    {
        protected override string GetKeyForItem(SchemaObjectType item) { return item.Name; }
    }

    public class Schema
    {
        public Guid Identifier { get; set; }
        public SchemaObjectTypesKeyedCollection ObjectTypes { get; set; }
        public SchemaAttributeTypesKeyedCollection AttributeTypes { get; set; }
        public bool IsConnectorSchema { get; internal set; }
    }

    public class GlobalSettings
    {
        public int Version { get; set; }
        public int SqlSchemaVersion { get; set; }
        public Guid InstanceId { get; set; }
        public Schema Schema { get; set; }
        public ParameterKeyedCollection Parameters { get; set; }
    }

    public class SchedulerSettings
    {
        public TimeSpan AllowedSyncCycleInterval { get; set; }
        public TimeSpan CurrentlyEffectiveSyncCycleInterval { get; set; }
        public TimeSpan? CustomizedSyncCycleInterval { get; set; }
        public SynchronizationPolicyType NextSyncCyclePolicyType { get; set; }
        public DateTime NextSyncCycleStartTimeInUTC { get; set; }
        public TimeSpan PurgeRunHistoryInterval { get; set; }
        public bool SyncCycleEnabled { get; set; }
        public bool MaintenanceEnabled { get; set; }
        public bool StagingModeEnabled { get; set; }
        public bool SchedulerSuspended { get; set; }
        public bool SyncCycleInProgress { get; set; }
    }

    public class SchedulerConnectorOverride
    {
        public Guid ConnectorIdentifier { get; set; }
        public bool FullImportRequired { get; set; }
        public bool FullSyncRequired { get; set; }
    }

    public class PasswordHashSyncConfigurationRecord
    {
        public string SourceConnector { get; set; }
        public string TargetConnector { get; set; }
        public bool Enabled { get; set; }
    }
}
