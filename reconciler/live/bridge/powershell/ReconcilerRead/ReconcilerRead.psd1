@{
    RootModule = 'ReconcilerRead.psm1'
    ModuleVersion = '1.0.0'
    GUID = 'c6a5b5de-0b0c-4c7e-9a59-6b2f6a0c7d11'
    Author = 'reconciler'
    Copyright = 'MIT License'
    Description = 'Reads the configuration of a Microsoft Entra Connect Sync server for reconciler. Changes nothing.'
    PowerShellVersion = '5.1'
    FunctionsToExport = @('Get-ReconcilerInfo', 'Get-ReconcilerState', 'Get-ReconcilerOutcome')
    CmdletsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
}
