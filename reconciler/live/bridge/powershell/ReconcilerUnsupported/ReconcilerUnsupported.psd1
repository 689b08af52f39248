@{
    RootModule = 'ReconcilerUnsupported.psm1'
    ModuleVersion = '1.0.0'
    GUID = '9b0c8d5d-31f5-4e0d-8d5b-5a4e5c1e9d33'
    Author = 'reconciler'
    Copyright = 'MIT License'
    Description = 'Writes whole connectors of a Microsoft Entra Connect Sync server for reconciler, which the vendor does not support.'
    PowerShellVersion = '5.1'
    FunctionsToExport = @('Save-ReconcilerConnector')
    CmdletsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
}
