// The server behind the stub cmdlets: an export folder that lives in a state folder, so that several
// processes see one server and so that what was written can be read as an export again.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Xml.Linq;
using Microsoft.IdentityManagement.PowerShell.ObjectModel;

namespace ADSyncStub
{
    public class RefusedException : Exception
    {
        public RefusedException(string message) : base(message) { }
    }

    public class Server
    {
        private static readonly Guid Entra = new Guid("b891884f-051e-4a83-95af-2544101c9083");
        private readonly string state;
        private readonly Dictionary<string, Tuple<DateTime, long, XDocument>> documents = new Dictionary<string, Tuple<DateTime, long, XDocument>>();
        private readonly Dictionary<string, Schema> schemas = new Dictionary<string, Schema>();

        public Server(string export, string state)
        {
            this.state = state;
            Directory.CreateDirectory(state);
            using (Lock())
            {
                if (Directory.Exists(Export)) return;
                var part = Path.Combine(state, "export.part");
                foreach (var folder in new[] { "GlobalSettings", "Connectors", "SynchronizationRules" })
                    Copy(Path.Combine(export, folder), Path.Combine(part, folder));
                Directory.Move(part, Export);
            }
        }

        private string Export { get { return Path.Combine(state, "export"); } }
        private string Settings { get { return Path.Combine(Export, "GlobalSettings", "MV.xml"); } }
        private string Extra { get { return Path.Combine(state, "extra.xml"); } }

        // ---- what the tests switch ---------------------------------------------------------------

        public string Switch(string name)
        {
            var path = Path.Combine(state, "switches");
            if (!File.Exists(path)) return null;
            return File.ReadAllLines(path).Where(line => line.StartsWith(name + "=", StringComparison.Ordinal))
                .Select(line => line.Substring(name.Length + 1)).FirstOrDefault();
        }

        public bool IsSwitched(string name, string cmdlet)
        {
            return (Switch(name) ?? "").Split(',').Contains(cmdlet);
        }

        public void Log(string line)
        {
            using (Lock()) File.AppendAllText(Path.Combine(state, "calls.jsonl"), line + "\n");
        }

        // ---- global settings and scheduler -------------------------------------------------------

        public GlobalSettings GetGlobalSettings()
        {
            var data = Load(Settings).Root.Element("mv-data");
            var name = (string)Load(Settings).Root.Attribute("server") ?? "";
            return new GlobalSettings
            {
                Version = (int)data.Element("version"),
                SqlSchemaVersion = 600,
                InstanceId = new Guid(System.Security.Cryptography.MD5.Create().ComputeHash(System.Text.Encoding.UTF8.GetBytes(name.ToLowerInvariant()))),
                Parameters = Parameters(data.Element("parameter-values"), null),
            };
        }

        public SchedulerSettings GetScheduler()
        {
            var values = GetGlobalSettings().Parameters.ToDictionary(one => one.Name, one => one.Value);
            var interval = Span(values, "TimeInterval", "00:30:00");
            var lowest = TimeSpan.FromMinutes(30);
            return new SchedulerSettings
            {
                AllowedSyncCycleInterval = lowest,
                CurrentlyEffectiveSyncCycleInterval = interval < lowest ? lowest : interval,
                CustomizedSyncCycleInterval = interval == lowest ? (TimeSpan?)null : interval,
                NextSyncCyclePolicyType = Word<SynchronizationPolicyType>(Value(values, "SynchronizationPolicy", "Delta")),
                NextSyncCycleStartTimeInUTC = DateTime.UtcNow.AddMinutes(10),
                PurgeRunHistoryInterval = Span(values, "RunHistoryPurgeInterval", "7.00:00:00"),
                SyncCycleEnabled = Flag(Value(values, "SynchronizationSchedule", "True")),
                MaintenanceEnabled = Flag(Value(values, "MaintenanceEnabled", "True")),
                StagingModeEnabled = Flag(Value(values, "StagingMode", "False")),
                SchedulerSuspended = Switch("wizard") != null || Flag(Value(values, "SchedulerSuspended", "False")),
                SyncCycleInProgress = Switch("busy") != null,
            };
        }

        public AutoUpgradeStatus GetAutoUpgrade()
        {
            var values = GetGlobalSettings().Parameters.ToDictionary(one => one.Name, one => one.Value);
            string state, reason;
            values.TryGetValue("Microsoft.OptionalFeature.AutoUpgradeState", out state);
            values.TryGetValue("Microsoft.OptionalFeature.AutoUpgradeSuspensionReason", out reason);
            return new AutoUpgradeStatus { State = string.IsNullOrEmpty(state) ? AutoUpgradeConfigurationState.Disabled : Word<AutoUpgradeConfigurationState>(state), SuspensionReason = reason };
        }

        public void SetParameter(string name, string value)
        {
            using (Lock())
            {
                var data = Load(Settings).Root.Element("mv-data");
                SetParameterIn(data.Element("parameter-values"), name, value);
                Grow(data);
                Save(Settings);
            }
        }

        // ---- rules -------------------------------------------------------------------------------

        public List<SynchronizationRule> GetRules()
        {
            return Directory.GetFiles(Path.Combine(Export, "SynchronizationRules"), "*.xml").Select(path => Rule(Load(path).Root)).OrderBy(rule => rule.Precedence).ToList();
        }

        public SynchronizationRule SaveRule(SynchronizationRule rule)
        {
            if (string.IsNullOrWhiteSpace(rule.Name)) throw new RefusedException("The synchronization rule name cannot be empty.");
            if (rule.Precedence < 0) throw new RefusedException("The precedence cannot be negative.");
            if (!File.Exists(ConnectorPath(rule.Connector))) throw new RefusedException("The connector " + rule.Connector + " does not exist.");
            using (Lock())
            {
                var others = GetRules().Where(one => one.Identifier != rule.Identifier).ToList();
                if (rule.PrecedenceBefore != Guid.Empty && rule.Precedence == 0) MakeRoom(rule, others);
                else if (rule.Precedence > 0 && others.Any(one => one.Precedence == rule.Precedence))
                    throw new RefusedException("A synchronization rule with precedence " + rule.Precedence + " exists already.");
                WriteRule(rule);
            }
            return GetRules().Single(one => one.Identifier == rule.Identifier);
        }

        public void RemoveRule(Guid identifier)
        {
            using (Lock())
            {
                if (!File.Exists(RulePath(identifier))) throw new RefusedException("The synchronization rule " + identifier + " does not exist.");
                File.Delete(RulePath(identifier));
            }
        }

        private void MakeRoom(SynchronizationRule rule, List<SynchronizationRule> others)
        {
            var next = others.SingleOrDefault(one => one.Identifier == rule.PrecedenceBefore);
            if (next == null) throw new RefusedException("The rule to insert before does not exist.");
            rule.Precedence = next.Precedence;
            var number = rule.Precedence;
            foreach (var other in others.Where(one => one.Precedence >= rule.Precedence).OrderBy(one => one.Precedence))
            {
                if (other.Precedence > number) break;
                number = ++other.Precedence;
                WriteRule(other);
            }
        }

        private void WriteRule(SynchronizationRule rule)
        {
            var path = RulePath(rule.Identifier);
            var old = File.Exists(path) ? Load(path).Root : null;
            var version = old == null ? 1 : (int)old.Element("version") + 1;
            var internalId = old == null ? rule.Identifier : (Guid)old.Element("internal-id");
            var root = new XElement("synchronizationRule",
                new XElement("id", Braces(rule.Identifier)), new XElement("internal-id", Braces(internalId)), new XElement("version", version),
                new XElement("name", rule.Name), new XElement("description", rule.Description ?? ""),
                new XElement("immutable-tag", rule.ImmutableTag == null ? "" : rule.ImmutableTag.TagValue ?? ""),
                new XElement("direction", rule.Direction.ToString()), new XElement("disabled", rule.Disabled.ToString()),
                new XElement("connector", Braces(rule.Connector)), new XElement("sourceObjectType", rule.SourceObjectType),
                new XElement("targetObjectType", rule.TargetObjectType), new XElement("linkType", rule.LinkType.ToString()),
                new XElement("precedence", rule.Precedence), new XElement("precedence-after", Braces(rule.PrecedenceAfter)),
                new XElement("precedence-before", Braces(rule.PrecedenceBefore)),
                new XElement("softDeleteExpiryInterval", rule.SoftDeleteExpiryInterval.ToString()),
                new XElement("EnablePasswordSync", rule.EnablePasswordSync.ToString().ToLowerInvariant()),
                new XElement("attribute-mappings", rule.AttributeFlowMappings.Select(Mapping)),
                new XElement("relationshipCriteria", rule.JoinFilter.Select(group => new XElement("conditions", group.JoinConditionList.Select(one =>
                    new XElement("condition", one.CaseSensitive ? new XElement("caseSensitive", "True") : null, new XElement("csAttribute", one.CSAttribute), new XElement("ilmAttribute", one.MVAttribute)))))),
                new XElement("synchronizationCriteria", rule.ScopeFilter.Select(group => new XElement("conditions", group.ScopeConditionList.Select(one =>
                    new XElement("scope", new XElement("csAttribute", one.Attribute), new XElement("csOperator", one.ComparisonOperator.ToString()), new XElement("csValue", one.ComparisonValue ?? "")))))));
            if (old != null) root.Add(old.Elements().Where(one => root.Element(one.Name) == null).Select(one => new XElement(one)));
            documents[path] = Tuple.Create(DateTime.MinValue, 0L, new XDocument(root));
            Save(path);
        }

        private static XElement Mapping(AttributeFlowMapping flow)
        {
            var source = flow.FlowType == AttributeMappingFlowType.Constant
                ? new XElement("src", flow.Source.FirstOrDefault() ?? "")
                : flow.Source.Count == 0 ? null : new XElement("src", flow.Source.Select(name => new XElement("attr", name)));
            return new XElement("mapping", flow.ExecuteOnce ? new XAttribute("execute-once", "true") : null, new XElement("dest", flow.Destination), source,
                flow.FlowType == AttributeMappingFlowType.Expression ? new XElement("expression", flow.Expression) : null, new XElement("valueMergeType", flow.ValueMergeType.ToString()));
        }

        private static SynchronizationRule Rule(XElement root)
        {
            return new SynchronizationRule
            {
                Identifier = (Guid)root.Element("id"),
                InternalId = (Guid)root.Element("internal-id"),
                Version = (int)root.Element("version"),
                Name = (string)root.Element("name"),
                Description = (string)root.Element("description"),
                ImmutableTag = new ImmutableTag { TagValue = (string)root.Element("immutable-tag") ?? "" },
                Connector = (Guid)root.Element("connector"),
                Direction = Word<SynchronizationRuleDirection>((string)root.Element("direction")),
                Disabled = Flag((string)root.Element("disabled")),
                SourceObjectType = (string)root.Element("sourceObjectType"),
                TargetObjectType = (string)root.Element("targetObjectType"),
                LinkType = Word<SyncRuleLinkType>((string)root.Element("linkType")),
                Precedence = (int)root.Element("precedence"),
                PrecedenceAfter = GuidIn(root.Element("precedence-after")),
                PrecedenceBefore = GuidIn(root.Element("precedence-before")),
                EnablePasswordSync = Flag((string)root.Element("EnablePasswordSync") ?? "false"),
                SoftDeleteExpiryInterval = TimeSpan.Parse((string)root.Element("softDeleteExpiryInterval") ?? "00:00:00", CultureInfo.InvariantCulture),
                JoinFilter = Children(root, "relationshipCriteria", "conditions").Select(group => new JoinConditionGroup(group.Elements("condition").Select(one =>
                    new JoinCondition((string)one.Element("csAttribute"), (string)one.Element("ilmAttribute"), Flag((string)one.Element("caseSensitive") ?? "false"))).ToList())).ToList(),
                ScopeFilter = Children(root, "synchronizationCriteria", "conditions").Select(group => new ScopeConditionGroup(group.Elements("scope").Select(one =>
                    new ScopeCondition((string)one.Element("csAttribute"), (string)one.Element("csValue") ?? "", Word<ComparisonOperator>((string)one.Element("csOperator")))).ToList())).ToList(),
                AttributeFlowMappings = Children(root, "attribute-mappings", "mapping").Select(Flow).ToList(),
            };
        }

        private static AttributeFlowMapping Flow(XElement mapping)
        {
            var source = mapping.Element("src");
            var expression = (string)mapping.Element("expression");
            var names = source == null ? new List<string>() : source.Elements("attr").Select(one => one.Value).ToList();
            var type = AttributeMappingFlowType.Direct;
            if (!string.IsNullOrWhiteSpace(expression))
            {
                type = AttributeMappingFlowType.Expression;
                if (names.Count == 0 && source != null && source.Value.Trim() != "") names.Add(source.Value);
            }
            else if (names.Count == 0)
            {
                type = AttributeMappingFlowType.Constant;
                names.Add(source == null ? "" : source.Value);
            }
            return new AttributeFlowMapping(names, (string)mapping.Element("dest"), type, Flag((string)mapping.Attribute("execute-once") ?? "false"),
                Word<AttributeValueMergeType>((string)mapping.Element("valueMergeType")), type == AttributeMappingFlowType.Expression ? expression : null);
        }

        // ---- connectors --------------------------------------------------------------------------

        public List<Connector> GetConnectors()
        {
            return Directory.GetFiles(Path.Combine(Export, "Connectors"), "*.xml").Select(path => ConnectorOf(Load(path).Root)).OrderBy(one => one.Name, StringComparer.Ordinal).ToList();
        }

        private Connector ConnectorOf(XElement root)
        {
            var holder = root.Element("private-configuration").Elements().Select(one => one.Element("parameter-values")).FirstOrDefault(one => one != null);
            var partitions = root.Element("ma-partition-data").Elements("partition").Select(Partition).ToList();
            var identifier = (Guid)root.Element("id");
            var objects = ExtraTexts("object-type", identifier.ToString());
            return new Connector
            {
                Identifier = identifier,
                Name = (string)root.Element("name"),
                ConnectorTypeName = (string)root.Element("category"),
                Type = (string)root.Element("category"),
                Subtype = (string)root.Element("subtype"),
                ListName = (string)root.Element("ma-listname"),
                CompanyName = (string)root.Element("ma-companyname"),
                Description = (string)root.Element("description"),
                Version = (int)root.Element("version"),
                ConnectivityParameters = Parameters(holder, "connectivity"),
                GlobalParameters = Parameters(holder, "global"),
                CapabilityParameters = new ParameterKeyedCollection(),
                SchemaParameters = new ParameterKeyedCollection(),
                Partitions = partitions,
                AttributeInclusionList = Texts(root.Element("attribute-inclusion"), "attribute"),
                ObjectInclusionList = objects.Count > 0 ? objects : partitions.SelectMany(one => one.ConnectorPartitionScope.ObjectClasses).Distinct().ToList(),
            };
        }

        private ConnectorPartition Partition(XElement element)
        {
            var specific = element.Element("custom-data").Elements().First(one => one.Name.LocalName.EndsWith("-partition-data", StringComparison.Ordinal));
            var identifier = (Guid)element.Element("id");
            var filter = element.Element("filter");
            return new ConnectorPartition
            {
                Identifier = identifier,
                DN = (string)specific.Element("dn"),
                Name = (string)element.Element("display-name"),
                Selected = Flag((string)element.Element("selected")),
                IsDomain = Flag((string)specific.Element("is-domain")),
                Version = (int)element.Element("version"),
                PreferredDCs = ExtraTexts("controller", identifier.ToString()),
                Parameters = Parameters(element.Element("parameter-values"), null),
                ConnectorPartitionScope = new ConnectorPartitionScope
                {
                    ObjectClasses = Texts(filter.Element("object-classes"), "object-class"),
                    ContainerInclusionList = Texts(filter.Element("containers").Element("inclusions"), "inclusion"),
                    ContainerExclusionList = Texts(filter.Element("containers").Element("exclusions"), "exclusion"),
                },
            };
        }

        public Connector SaveConnector(Connector connector)
        {
            var path = ConnectorPath(connector.Identifier);
            if (!File.Exists(path)) throw new RefusedException("Creating a connector is not part of this stub.");
            using (Lock())
            {
                var root = Load(path).Root;
                foreach (var partition in connector.Partitions)
                {
                    var element = root.Element("ma-partition-data").Elements("partition").Single(one => (Guid)one.Element("id") == partition.Identifier);
                    element.Element("selected").Value = partition.Selected ? "1" : "0";
                    Fill(element.Element("filter").Element("object-classes"), "object-class", partition.ConnectorPartitionScope.ObjectClasses);
                    Fill(element.Element("filter").Element("containers").Element("inclusions"), "inclusion", partition.ConnectorPartitionScope.ContainerInclusionList);
                    Fill(element.Element("filter").Element("containers").Element("exclusions"), "exclusion", partition.ConnectorPartitionScope.ContainerExclusionList);
                    SetExtraTexts("controller", partition.Identifier.ToString(), partition.PreferredDCs);
                }
                Fill(root.Element("attribute-inclusion"), "attribute", connector.AttributeInclusionList);
                SetExtraTexts("object-type", connector.Identifier.ToString(), connector.ObjectInclusionList);
                Grow(root);
                Save(path);
            }
            return GetConnectors().Single(one => one.Identifier == connector.Identifier);
        }

        public List<ConnectorPartitionHierarchyNode> GetHierarchy(ConnectorPartition partition, string parent)
        {
            var scope = partition.ConnectorPartitionScope;
            var gone = ExtraTexts("gone", partition.DN);
            var listed = scope.ContainerInclusionList.Concat(scope.ContainerExclusionList).Concat(ExtraTexts("container", partition.DN)).Where(one => one.Trim() != "");
            var all = listed.SelectMany(dn => Ancestors(dn, partition.DN)).Distinct(StringComparer.OrdinalIgnoreCase)
                .Where(dn => !gone.Any(one => dn.Equals(one, StringComparison.OrdinalIgnoreCase) || dn.EndsWith("," + one, StringComparison.OrdinalIgnoreCase)));
            var below = parent ?? partition.DN;
            return all.Where(dn => ParentOf(dn).Equals(below, StringComparison.OrdinalIgnoreCase)).OrderBy(dn => dn, StringComparer.Ordinal)
                .Select(dn => new ConnectorPartitionHierarchyNode { DN = dn, DisplayName = dn.Substring(0, dn.Length - below.Length - 1), State = scope.ContainerInclusionList.Contains(dn) ? 1 : 0 }).ToList();
        }

        private static IEnumerable<string> Ancestors(string dn, string root)
        {
            for (; dn.Length > root.Length && dn.EndsWith("," + root, StringComparison.OrdinalIgnoreCase); dn = ParentOf(dn)) yield return dn;
        }

        private static string ParentOf(string dn)
        {
            for (var at = 0; at < dn.Length; at++)
            {
                if (dn[at] == '\\') at++;
                else if (dn[at] == ',') return dn.Substring(at + 1);
            }
            return "";
        }

        public PasswordHashSyncConfigurationRecord GetPasswordHashSync(string source)
        {
            var root = ConnectorNamed(source);
            var element = PasswordHashSync(root);
            if (element == null) return null;
            var target = GuidIn(element.Element("target"));
            return new PasswordHashSyncConfigurationRecord
            {
                SourceConnector = source,
                Enabled = Flag((string)element.Element("enabled")),
                TargetConnector = GetConnectors().Where(one => one.Identifier == target).Select(one => one.Name).FirstOrDefault() ?? "",
            };
        }

        public void SetPasswordHashSync(string source, string target, bool enable)
        {
            using (Lock())
            {
                var element = PasswordHashSync(ConnectorNamed(source));
                if (element == null) throw new RefusedException("The connector " + source + " does not support password hash synchronization.");
                element.Element("enabled").Value = enable ? "1" : "0";
                element.Element("target").Value = Braces((Guid)ConnectorNamed(target).Element("id")).ToUpperInvariant();
                Save(ConnectorPath((Guid)ConnectorNamed(source).Element("id")));
            }
        }

        private static XElement PasswordHashSync(XElement root)
        {
            return root.Element("private-configuration").Elements().Select(one => one.Element("password-hash-sync-config")).FirstOrDefault(one => one != null);
        }

        private XElement ConnectorNamed(string name)
        {
            var found = Directory.GetFiles(Path.Combine(Export, "Connectors"), "*.xml").Select(path => Load(path).Root).FirstOrDefault(root => (string)root.Element("name") == name);
            if (found == null) throw new RefusedException("The connector " + name + " does not exist.");
            return found;
        }

        public Schema GetSchema(Guid? connector)
        {
            var path = connector == null ? Settings : ConnectorPath(connector.Value);
            Schema known;
            if (schemas.TryGetValue(path, out known)) return known;
            var holder = Load(path).Descendants().First(one => one.Name.LocalName == "directory-schema");
            var schema = new Schema { ObjectTypes = new SchemaObjectTypesKeyedCollection(), AttributeTypes = new SchemaAttributeTypesKeyedCollection(), IsConnectorSchema = connector != null };
            foreach (var one in holder.Elements().Where(one => one.Name.LocalName == "class"))
                schema.ObjectTypes.Add(new SchemaObjectType { Name = Named(one, "name"), Identifier = Named(one, "name") });
            foreach (var one in holder.Elements().Where(one => one.Name.LocalName == "attribute-type"))
                schema.AttributeTypes.Add(new SchemaAttribute
                {
                    Identifier = Stated(one, "id"),
                    Name = Named(one, "name"),
                    Type = TypeOf(Named(one, "syntax")),
                    AllowsMultipleValues = Stated(one, "single-value") != "true",
                    Indexable = Stated(one, "indexable") == "true",
                    SupportedAttributeOperationType = Stated(one, "user-modification") == "false" ? AttributeOperationType.ReadOnly
                        : Stated(one, "export-only") == "true" ? AttributeOperationType.WriteOnly : AttributeOperationType.ReadWrite,
                });
            schemas[path] = schema;
            return schema;
        }

        private static SchemaAttributeType TypeOf(string syntax)
        {
            var number = int.Parse(syntax.Substring(syntax.LastIndexOf('.') + 1), CultureInfo.InvariantCulture);
            if (new[] { 27, 906 }.Contains(number)) return SchemaAttributeType.Integer;
            if (number == 7) return SchemaAttributeType.Boolean;
            if (new[] { 12, 903, 904, 1221 }.Contains(number)) return SchemaAttributeType.Reference;
            return new[] { 5, 8, 9, 10, 28, 40, 907 }.Contains(number) ? SchemaAttributeType.Binary : SchemaAttributeType.String;
        }

        // ---- overrides, backups ------------------------------------------------------------------

        public List<SchedulerConnectorOverride> GetOverrides()
        {
            return GetConnectors().Select(one => new SchedulerConnectorOverride
            {
                ConnectorIdentifier = one.Identifier,
                FullImportRequired = ExtraTexts("full-import", one.Identifier.ToString()).Count > 0,
                FullSyncRequired = ExtraTexts("full-sync", one.Identifier.ToString()).Count > 0,
            }).ToList();
        }

        public void SetOverride(Guid connector, bool? fullImport, bool? fullSync)
        {
            using (Lock())
            {
                if (fullImport != null) SetExtraTexts("full-import", connector.ToString(), fullImport.Value ? new[] { "True" } : new string[0]);
                if (fullSync != null) SetExtraTexts("full-sync", connector.ToString(), fullSync.Value ? new[] { "True" } : new string[0]);
            }
        }

        public void ExportTo(string folder)
        {
            using (Lock()) foreach (var part in Directory.GetDirectories(Export)) Copy(part, Path.Combine(folder, Path.GetFileName(part)));
        }

        // ---- files -------------------------------------------------------------------------------

        public List<string> ExtraTexts(string kind, string owner)
        {
            if (!File.Exists(Extra)) return new List<string>();
            return Load(Extra).Root.Elements(kind).Where(one => string.Equals((string)one.Attribute("of"), owner, StringComparison.OrdinalIgnoreCase)).Select(one => one.Value).ToList();
        }

        public void SetExtraTexts(string kind, string owner, IEnumerable<string> texts)
        {
            using (Lock())
            {
                if (!File.Exists(Extra)) File.WriteAllText(Extra, "<extra />");
                var root = Load(Extra).Root;
                root.Elements(kind).Where(one => string.Equals((string)one.Attribute("of"), owner, StringComparison.OrdinalIgnoreCase)).Remove();
                root.Add(texts.Select(text => new XElement(kind, new XAttribute("of", owner), text)));
                Save(Extra);
            }
        }

        private XDocument Load(string path)
        {
            Tuple<DateTime, long, XDocument> known;
            var info = new FileInfo(path);
            if (documents.TryGetValue(path, out known) && known.Item1 == info.LastWriteTimeUtc && known.Item2 == info.Length) return known.Item3;
            var document = XDocument.Load(path, LoadOptions.PreserveWhitespace);
            documents[path] = Tuple.Create(info.LastWriteTimeUtc, info.Length, document);
            return document;
        }

        private void Save(string path)
        {
            var document = documents[path].Item3;
            document.Save(path + ".part", SaveOptions.DisableFormatting);
            if (File.Exists(path)) File.Replace(path + ".part", path, null); else File.Move(path + ".part", path);
            var info = new FileInfo(path);
            documents[path] = Tuple.Create(info.LastWriteTimeUtc, info.Length, document);
        }

        private int held;
        private FileStream lockFile;

        private IDisposable Lock()
        {
            for (var attempt = 0; held == 0 && lockFile == null; attempt++)
            {
                try { lockFile = new FileStream(Path.Combine(state, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
                catch (IOException) { if (attempt > 2000) throw; Thread.Sleep(5); }
            }
            held++;
            return new Held(this);
        }

        private sealed class Held : IDisposable
        {
            private readonly Server server;
            public Held(Server server) { this.server = server; }
            public void Dispose()
            {
                if (--server.held > 0) return;
                server.lockFile.Dispose();
                server.lockFile = null;
            }
        }

        private static void Copy(string from, string to)
        {
            Directory.CreateDirectory(to);
            foreach (var file in Directory.GetFiles(from)) File.WriteAllBytes(Path.Combine(to, Path.GetFileName(file)), File.ReadAllBytes(file));
        }

        private string RulePath(Guid identifier) { return Path.Combine(Export, "SynchronizationRules", "SynchronizationRule_" + Braces(identifier) + ".xml"); }
        private string ConnectorPath(Guid identifier) { return Path.Combine(Export, "Connectors", "Connector_" + Braces(identifier) + ".xml"); }

        // ---- small readings ----------------------------------------------------------------------

        private static ParameterKeyedCollection Parameters(XElement holder, string use)
        {
            var found = new ParameterKeyedCollection();
            foreach (var one in holder == null ? Enumerable.Empty<XElement>() : holder.Elements("parameter"))
            {
                if (use != null && (string)one.Attribute("use") != use) continue;
                found.Add(new ConfigurationParameter
                {
                    Name = (string)one.Attribute("name"),
                    Value = one.Value,
                    InputType = (string)one.Attribute("encrypted") == "1" ? ConfigurationParameterType.EncryptedString : ConfigurationParameterType.String,
                    Intrinsic = (string)one.Attribute("intrinsic") == "1",
                });
            }
            return found;
        }

        private static void SetParameterIn(XElement holder, string name, string value)
        {
            var found = holder.Elements("parameter").FirstOrDefault(one => (string)one.Attribute("name") == name);
            if (found == null) holder.Add(found = new XElement("parameter", new XAttribute("name", name), new XAttribute("type", "string"), new XAttribute("use", "SynchronizationGlobal"), new XAttribute("dataType", "String")));
            found.Value = value;
        }

        private static void Fill(XElement holder, string tag, IEnumerable<string> texts) { holder.ReplaceNodes(texts.Select(text => new XElement(tag, text))); }
        private static List<string> Texts(XElement holder, string tag) { return holder == null ? new List<string>() : holder.Elements(tag).Select(one => one.Value).ToList(); }
        private static IEnumerable<XElement> Children(XElement root, string holder, string tag) { return root.Element(holder) == null ? Enumerable.Empty<XElement>() : root.Element(holder).Elements(tag); }
        private static void Grow(XElement holder) { holder.Element("version").Value = ((int)holder.Element("version") + 1).ToString(CultureInfo.InvariantCulture); }
        private static string Braces(Guid guid) { return guid.ToString("B"); }
        private static Guid GuidIn(XElement element) { return element == null || element.Value.Trim() == "" ? Guid.Empty : (Guid)element; }
        private static bool Flag(string text) { return text.Trim() == "1" || text.Trim().Equals("true", StringComparison.OrdinalIgnoreCase); }
        private static T Word<T>(string text) { return (T)Enum.Parse(typeof(T), text.Trim(), true); }
        private static string Named(XElement element, string name) { return element.Elements().First(one => one.Name.LocalName == name).Value.Trim(); }
        private static string Stated(XElement element, string name) { return element.Attributes().Where(one => one.Name.LocalName == name).Select(one => one.Value).FirstOrDefault(); }
        private static string Value(Dictionary<string, string> values, string name, string otherwise)
        {
            string value;
            return values.TryGetValue("Microsoft.Synchronize." + name, out value) && value != "" ? value : otherwise;
        }
        private static TimeSpan Span(Dictionary<string, string> values, string name, string otherwise) { return TimeSpan.Parse(Value(values, name, otherwise), CultureInfo.InvariantCulture); }
    }
}
