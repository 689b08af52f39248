# The bridge in the PowerShell that runs this, on a stub server: for a Windows machine with Windows
# PowerShell 5.1 and Pester 5, where the traps are that no other system has.
#
#     $env:ADSYNC_STUB_EXPORT = '...\desired-state\prod\export\sync01'   # any exported configuration
#     Invoke-Pester tests\bridge\pester

BeforeDiscovery {
    $script:Texts = @(
        @{ Name = 'a date'; Text = '2026-05-03T14:28:09Z' }
        @{ Name = 'a date of the old cmdlet'; Text = '/Date(1462285689000)/' }
        @{ Name = 'quotes and backslashes'; Text = "it's `"\u0041`" \ `$(1)" }
        @{ Name = 'line ends'; Text = "one`r`ntwo`n" }
        @{ Name = 'unicode'; Text = "$([char] 0xDC)n$([char] 0xEF)$([char]::ConvertFromUtf32(0x1F600))" }
        @{ Name = 'nothing'; Text = '' }
        @{ Name = 'a megabyte'; Text = "Gr$([char] 0xF6)$([char] 0xDF)e " * 170000 }
    )
}

BeforeAll {
    $root = Split-Path (Split-Path (Split-Path $PSScriptRoot))
    $modules = Join-Path $root 'reconciler/live/bridge/powershell'
    $stub = Join-Path (Split-Path $PSScriptRoot) 'stub'
    if (-not $env:ADSYNC_STUB_EXPORT) { $env:ADSYNC_STUB_EXPORT = Join-Path $root 'desired-state/prod/export/sync01' }
    # not TestDrive, which is emptied after each Describe
    $script:Folder = Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid().ToString())
    $env:ADSYNC_STUB_STATE = Join-Path $Folder 'server'
    $env:RECONCILER_BRIDGE_FOLDER = Join-Path $Folder 'records'
    $env:PSModulePath = $stub + [System.IO.Path]::PathSeparator + $env:PSModulePath
    foreach ($module in 'ReconcilerRead', 'ReconcilerApply', 'ReconcilerUnsupported') {
        Import-Module (Join-Path $modules "$module/$module.psd1") -Force
    }
    . (Join-Path $modules 'ReconcilerRead/Json.ps1')
    . (Join-Path $modules 'ReconcilerRead/Reply.ps1')
    $script:Number = 0

    function Read-Reply([string[]] $Pieces) { ConvertFrom-ReconcilerJson ($Pieces -join '') }

    function Send-Request([string] $Function, [hashtable] $Members) {
        $script:Number++
        $request = [ordered]@{ contract = '1.0'; id = "pester-$script:Number" }
        foreach ($key in $Members.Keys) { $request[$key] = $Members[$key] }
        Read-Reply (& $Function -Request (ConvertTo-ReconcilerJson $request))
    }

    function Send-Change([string] $Verb, [string] $Target, $Value, [object[]] $Expect = @()) {
        Send-Request 'Invoke-ReconcilerChange' @{
            lease = 'pester'; group = '1'; what_if = $false
            op = [ordered]@{ verb = $Verb; target = $Target; expect = $Expect; value = $Value }
        }
    }

    function Get-Section([string] $Section) { , (Read-Reply (Get-ReconcilerState -Section $Section)).value[$Section] }
}

AfterAll { Remove-Item $script:Folder -Recurse -Force }

Describe 'JSON of our own making' {
    It 'carries <Name> there and back' -TestCases $Texts {
        param($Name, $Text)
        $found = ConvertFrom-ReconcilerJson (ConvertTo-ReconcilerJson ([ordered]@{ value = $Text }))
        $found['value'] | Should -BeExactly $Text
    }

    It 'keeps a list of one, an empty list and nothing apart' {
        $text = ConvertTo-ReconcilerJson ([ordered]@{ one = @('x'); none = @(); null = $null; nested = @(, @(, 'y')) })
        $text | Should -BeExactly '{"one":["=x"],"none":[],"null":null,"nested":[["=y"]]}'
        $found = ConvertFrom-ReconcilerJson $text
        $found['one'].Count | Should -Be 1
        $found['none'].Count | Should -Be 0
        $found['nested'][0][0] | Should -BeExactly 'y'
    }

    It 'keeps keys that differ in case apart' {
        $found = ConvertFrom-ReconcilerJson '{"a":1,"A":2}'
        $found['a'] | Should -Be 1
        $found['A'] | Should -Be 2
    }

    It 'refuses a text without its mark' {
        { ConvertFrom-ReconcilerJson '{"a":"2026-05-03"}' } | Should -Throw '*leading*'
    }

    It 'refuses a live object' {
        { ConvertTo-ReconcilerJson ([System.DateTime]::UtcNow) } | Should -Throw '*no form in JSON*'
    }
}

Describe 'Reading' {
    It 'says what it is' {
        $reply = Read-Reply (Get-ReconcilerInfo)
        $reply['error'] | Should -BeNullOrEmpty
        $reply['value']['capabilities'] | Should -Be @('read', 'apply', 'unsupported')
        $reply['value']['powershell'] | Should -Be $PSVersionTable.PSVersion.ToString()
    }

    It 'reads every section' {
        $pieces = @(Get-ReconcilerState -Section 'settings,connectors,rules,schemas,hierarchy,overrides,statistics,revisions')
        # reading so much JSON back is not what this reader is for
        ($pieces -join '') | Should -Match '"refused":\[\]},"error":null'
        $pieces.Count | Should -BeGreaterThan 3
        $pieces | ForEach-Object { $_.Length | Should -BeLessOrEqual 60000 }
    }
}

Describe 'Changing' {
    BeforeAll {
        $opened = Send-Request 'Open-ReconcilerLease' @{ run = 'pester'; owner = 'pester'; plan_hash = 'ab'; commit = $null; minutes = 5 }
        $opened['ok'] | Should -BeTrue
        $rule = (Get-Section 'rules') | Where-Object { $_['tag'] -ne '' } | Select-Object -First 1
        $target = 'rule/' + $rule['identifier']
        $revision = ((Get-Section 'revisions') | Where-Object { $_['facet'] -eq $target })['revision']
    }

    It 'switches a rule that is as it was planned' {
        $reply = Send-Change 'set-rule-disabled' $target ([ordered]@{ disabled = (-not $rule['disabled']) }) @([ordered]@{ facet = $target; revision = $revision })
        $reply['error'] | Should -BeNullOrEmpty
        $reply['revision'] | Should -Not -Be $revision
    }

    It 'refuses one that is not' {
        $reply = Send-Change 'set-rule-disabled' $target ([ordered]@{ disabled = $rule['disabled'] }) @([ordered]@{ facet = $target; revision = $revision })
        $reply['error']['code'] | Should -Be 'conflict'
    }

    It 'adds a rule whose <Name> comes back' -TestCases ($Texts | Where-Object { $_.Text.Trim() -and $_.Text -notmatch "`r" -and $_.Text.Length -lt 1000 }) {
        param($Name, $Text)
        $identifier = [guid]::NewGuid().ToString()
        $value = [ordered]@{
            identifier = $identifier; name = $Text; description = $Text; connector = $rule['connector']; direction = 'Inbound'; source = 'user'; target = 'person'
            link = 'Join'; precedence = 60 + $script:Number % 30; scope = @(, @([ordered]@{ attribute = 'title'; operator = 'ISNULL'; value = '' })); join = @()
            flows = @([ordered]@{ target = 'title'; type = 'Constant'; source = @($Text); expression = $null; merge = 'Update'; execute_once = $false })
        }
        $reply = Send-Change 'add-rule' "rule/$identifier" $value @([ordered]@{ facet = "rule/$identifier"; revision = 'absent' })
        $reply['error'] | Should -BeNullOrEmpty
        $reply['value']['facets'][0]['value']['description'] | Should -BeExactly $Text
        (Send-Change 'remove-rule' "rule/$identifier" ([ordered]@{}))['error'] | Should -BeNullOrEmpty
    }

    It 'ends its lease' {
        (Send-Request 'Close-ReconcilerLease' @{ run = 'pester'; outcome = 'restored' })['error'] | Should -BeNullOrEmpty
        (Read-Reply (Get-ReconcilerInfo))['value']['lease'] | Should -BeNullOrEmpty
    }
}
