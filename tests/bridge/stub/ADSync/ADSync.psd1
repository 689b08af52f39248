@{
    RootModule = 'ADSync.psm1'
    ModuleVersion = '1.0.0.0'
    GUID = '5f0a1c9a-6a60-4a0b-9d0e-3f1f3d3b8a52'
    Author = 'reconciler'
    Description = 'A stand-in for the ADSync module, for tests of the bridge. It proves nothing about the product.'
    PowerShellVersion = '5.1'
    FunctionsToExport = '*-ADSync*'
    CmdletsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
}
