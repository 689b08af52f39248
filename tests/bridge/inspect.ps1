# Says as JSON what the files of some folders contain, from PowerShell's own parser, and what the stub
# module offers. What is allowed is the tests' to say.
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

param([string[]] $Folders)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Get-Newer([Ast] $ast) {
    # Everything that Windows PowerShell 5.1 cannot parse, and classes, which it handles badly.
    $ast.FindAll({
            param($node)
            ($node.GetType().Name -in 'TernaryExpressionAst', 'PipelineChainAst', 'TypeDefinitionAst', 'UsingStatementAst') -or
            ($node -is [BinaryExpressionAst] -and $node.Operator -eq 'QuestionQuestion') -or
            ($node -is [AssignmentStatementAst] -and $node.Operator -eq 'QuestionQuestionEquals') -or
            ($node -is [MemberExpressionAst] -and $node.NullConditional) -or
            ($node -is [IndexExpressionAst] -and $node.NullConditional) -or
            ($node -is [PipelineAst] -and $node.Background) -or
            ($node -is [ScriptBlockAst] -and $node.CleanBlock)
        }, $true) | ForEach-Object { "$($_.Extent.StartLineNumber): $($_.Extent.Text.Split("`n")[0])" }
}

function Get-SplatKeys([Ast] $command, [string] $variable) {
    # The literal keys that a splatted variable is given, in whichever function of the file.
    $scope = $command
    while ($null -ne $scope.Parent) { $scope = $scope.Parent }
    foreach ($assignment in $scope.FindAll({ param($node) $node -is [AssignmentStatementAst] }, $true)) {
        $left = $assignment.Left
        if ($left -is [VariableExpressionAst] -and $left.VariablePath.UserPath -eq $variable) {
            foreach ($table in $assignment.Right.FindAll({ param($node) $node -is [HashtableAst] }, $true)) {
                $table.KeyValuePairs | ForEach-Object { $_.Item1.Value }
            }
        }
        if ($left -is [IndexExpressionAst] -and $left.Target.Extent.Text -eq "`$$variable" -and $left.Index -is [StringConstantExpressionAst]) { $left.Index.Value }
    }
}

function Get-Calls([Ast] $ast) {
    foreach ($command in $ast.FindAll({ param($node) $node -is [CommandAst] }, $true)) {
        $name = $command.GetCommandName()
        $elements = @($command.CommandElements | Select-Object -Skip 1)
        $parameters = @($elements | Where-Object { $_ -is [CommandParameterAst] } | ForEach-Object { $_.ParameterName })
        $splats = @($elements | Where-Object { $_ -is [VariableExpressionAst] -and $_.Splatted } | ForEach-Object { $_.VariablePath.UserPath })
        $values = @($elements | Where-Object { $_ -isnot [CommandParameterAst] -and -not ($_ -is [VariableExpressionAst] -and $_.Splatted) })
        # a value that does not follow a parameter is positional
        $positional = 0
        for ($at = 0; $at -lt $elements.Count; $at++) {
            if ($values -contains $elements[$at] -and ($at -eq 0 -or $elements[$at - 1] -isnot [CommandParameterAst])) { $positional++ }
        }
        [ordered]@{
            name = $(if ($name) { $name } else { $command.CommandElements[0].Extent.Text }); line = $command.Extent.StartLineNumber
            parameters = $parameters; splatted = @($splats | ForEach-Object { Get-SplatKeys $command $_ }); splats = $splats; positional = $positional
        }
    }
}

function Get-Statics([Ast] $ast) {
    $ast.FindAll({ param($node) $node -is [InvokeMemberExpressionAst] -and $node.Static }, $true) | ForEach-Object { "$($_.Expression.TypeName.FullName)::$($_.Member.Extent.Text)" } | Sort-Object -Unique
}

function Get-TypeText([type] $type) {
    if ($nullable = [Nullable]::GetUnderlyingType($type)) { return "$(Get-TypeText $nullable)?" }
    if ($type.IsGenericType) { return "$($type.Name.Split('`')[0])<$(($type.GetGenericArguments() | ForEach-Object { Get-TypeText $_ }) -join ',')>" }
    $names = @{ String = 'string'; Int32 = 'int'; Boolean = 'bool'; Guid = 'guid'; TimeSpan = 'timespan'; DateTime = 'datetime'; SwitchParameter = 'switch'; PSCredential = 'pscredential' }
    if ($names.ContainsKey($type.Name)) { return $names[$type.Name] }
    return $type.Name
}

function Get-Files([string] $folder) {
    foreach ($file in Get-ChildItem $folder -Recurse -Include *.ps1, *.psm1, *.psd1) {
        $errors = $null
        $ast = [Parser]::ParseFile($file.FullName, [ref] $null, [ref] $errors)
        [ordered]@{
            path = [IO.Path]::GetRelativePath($folder, $file.FullName).Replace('\', '/')
            errors = @($errors | ForEach-Object { $_.Message })
            newer = @(Get-Newer $ast)
            functions = @($ast.FindAll({ param($node) $node -is [FunctionDefinitionAst] }, $true) | ForEach-Object { $_.Name })
            calls = @(Get-Calls $ast)
            statics = @(Get-Statics $ast)
        }
    }
}

$found = [ordered]@{}
foreach ($folder in $Folders) { $found[$folder] = @(Get-Files $folder) }

Import-Module ADSync
$common = [Cmdlet]::CommonParameters + [Cmdlet]::OptionalCommonParameters
$cmdlets = foreach ($command in Get-Command -Module ADSync) {
    $parameters = foreach ($parameter in $command.Parameters.Values | Where-Object { $_.Name -notin $common }) {
        $sets = [ordered]@{}
        foreach ($set in $parameter.ParameterSets.Keys) { $sets[$(if ($set -eq '__AllParameterSets') { '*' } else { $set })] = $parameter.ParameterSets[$set].IsMandatory }
        [ordered]@{ name = $parameter.Name; type = (Get-TypeText $parameter.ParameterType); mandatory = $sets }
    }
    [ordered]@{ name = $command.Name; parameters = @($parameters) }
}
$model = [Microsoft.IdentityManagement.PowerShell.ObjectModel.Connector].Assembly.GetExportedTypes() | Where-Object Namespace -Like '*ObjectModel'
$types = foreach ($type in $model) {
    [ordered]@{
        name = $type.Name
        properties = @($type.GetProperties('Public,Instance,DeclaredOnly') | ForEach-Object { [ordered]@{ name = $_.Name; type = (Get-TypeText $_.PropertyType); settable = ($null -ne $_.SetMethod -and $_.SetMethod.IsPublic) } })
        values = @(if ($type.IsEnum) { [Enum]::GetValues($type) | ForEach-Object { [ordered]@{ name = "$_"; number = [int] $_ } } })
        methods = @($type.GetMethods('Public,Instance,DeclaredOnly') | Where-Object { -not $_.IsSpecialName } | ForEach-Object Name)
    }
}
ConvertTo-Json -Depth 8 -Compress ([ordered]@{ folders = $found; cmdlets = @($cmdlets); types = @($types) })
