# Writes the files of the constrained endpoints (JEA) from Endpoints.psd1: a role capability for each
# role, a session configuration for each endpoint.

function Get-Endpoints {
    return Import-PowerShellDataFile -Path (Join-Path -Path $PSScriptRoot -ChildPath 'Endpoints.psd1')
}

function Get-EndpointModules {
    # Returns the manifests that an endpoint imports, by full path: no search path has a say.
    param([hashtable] $Endpoint, [string] $Modules)
    $names = @($Endpoint.Modules)
    if ($Endpoint.ContainsKey('Unsupported')) { $names += $Endpoint.Unsupported }
    $found = @(foreach ($name in $names) { Join-Path -Path $Modules -ChildPath ($name + '/' + $name + '.psd1') })
    # plain strings: what a pipeline wraps, the cmdlets below refuse
    return , [string[]] @($found | Where-Object { Test-Path -LiteralPath $_ })
}

function New-RoleFile {
    # Writes the role capability: the endpoint's functions and nothing else.
    param([hashtable] $Endpoint, [string] $Modules, [string] $Path)
    New-PSRoleCapabilityFile -Path $Path -Description $Endpoint.Description -Author 'reconciler' -CompanyName 'reconciler' -ModulesToImport (Get-EndpointModules $Endpoint $Modules) -VisibleFunctions ([string[]] $Endpoint.Functions)
}

function New-SessionFile {
    # Writes the session configuration: no language, no provider, a transcript, and an account that
    # exists for the session alone or is managed by the directory. Group is who may connect.
    param([hashtable] $Endpoint, [string] $Group, [string] $Transcripts, [string] $ServiceGroup, [string] $ManagedAccount, [string] $Path)
    $account = @{ RunAsVirtualAccount = $true; RunAsVirtualAccountGroups = @($ServiceGroup) }
    if ($ManagedAccount) { $account = @{ GroupManagedServiceAccount = $ManagedAccount } }
    New-PSSessionConfigurationFile -Path $Path -SessionType 'RestrictedRemoteServer' -LanguageMode 'NoLanguage' -ExecutionPolicy 'RemoteSigned' -Description $Endpoint.Description -Author 'reconciler' -CompanyName 'reconciler' -TranscriptDirectory $Transcripts -RoleDefinitions @{ $Group = @{ RoleCapabilities = $Endpoint.Role } } @account
}

function New-PlainSessionFile {
    # Writes what remains where there are neither groups nor virtual accounts: the same restrictions,
    # with the role inside the session configuration. PowerShell on other systems serves it over SSH.
    param([hashtable] $Endpoint, [string] $Modules, [string] $Path)
    New-PSSessionConfigurationFile -Path $Path -SessionType 'RestrictedRemoteServer' -LanguageMode 'NoLanguage' -Description $Endpoint.Description -Author 'reconciler' -CompanyName 'reconciler' -ModulesToImport (Get-EndpointModules $Endpoint $Modules) -VisibleFunctions ([string[]] $Endpoint.Functions)
}
