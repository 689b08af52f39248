@{
    RootModule = 'ReconcilerApply.psm1'
    ModuleVersion = '1.0.0'
    GUID = '0d6d3f2e-6f0b-4a86-8a0a-2f9d3f1b7c22'
    Author = 'reconciler'
    Copyright = 'MIT License'
    Description = 'Changes the configuration of a Microsoft Entra Connect Sync server for reconciler, one checked change a call.'
    PowerShellVersion = '5.1'
    FunctionsToExport = @('Open-ReconcilerLease', 'Update-ReconcilerLease', 'Close-ReconcilerLease', 'Reset-ReconcilerLease', 'Invoke-ReconcilerChange')
    CmdletsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
}
