// HKLM: as a drive, so that code for the registry runs where there is none. Values live in the stub
// server's state, one key.
using System;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Provider;

namespace ADSyncStub
{
    [CmdletProvider("StubRegistry", ProviderCapabilities.None)]
    public class StubRegistry : NavigationCmdletProvider, IPropertyCmdletProvider
    {
        public static Server Server;

        protected override Collection<PSDriveInfo> InitializeDefaultDrives()
        {
            return new Collection<PSDriveInfo> { new PSDriveInfo("HKLM", ProviderInfo, "HKEY_LOCAL_MACHINE", "", null) };
        }

        protected override bool IsValidPath(string path) { return true; }
        protected override bool ItemExists(string path) { return true; }
        protected override bool IsItemContainer(string path) { return true; }

        public void GetProperty(string path, Collection<string> names)
        {
            var found = new PSObject();
            foreach (var text in Server.ExtraTexts("registry", Key(path)))
            {
                var parts = text.Split(new[] { '=' }, 2);
                if (names == null || names.Count == 0 || names.Contains(parts[0])) found.Properties.Add(new PSNoteProperty(parts[0], int.Parse(parts[1])));
            }
            WritePropertyObject(found, path);
        }

        public void SetProperty(string path, PSObject values)
        {
            var kept = Server.ExtraTexts("registry", Key(path)).Where(text => values.Properties[text.Split('=')[0]] == null).ToList();
            kept.AddRange(values.Properties.Select(one => one.Name + "=" + Convert.ToInt32(one.Value)));
            Server.SetExtraTexts("registry", Key(path), kept);
        }

        private static string Key(string path) { return path.Replace('\\', '/').Trim('/'); }
        public void ClearProperty(string path, Collection<string> names) { throw new NotSupportedException(); }
        public object GetPropertyDynamicParameters(string path, Collection<string> names) { return null; }
        public object SetPropertyDynamicParameters(string path, PSObject values) { return null; }
        public object ClearPropertyDynamicParameters(string path, Collection<string> names) { return null; }
    }
}
