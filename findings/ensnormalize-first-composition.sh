#!/usr/bin/env bash
# Guess: ADRaffy.ENSNormalize, a library of some 100 KB that composes text (NFC) where a program has no ICU, takes some
# hundred kilobytes and a few milliseconds for its first name, as its tables of composition are small.
# Seen, ADRaffy.ENSNormalize 0.3.1 on .NET 10: the first ENSNormalize.NF.NFC allocates over 30 MB and more than 8 MB stay,
# since the static class that offers NF makes the tables of ENSIP-15 as well, which composition does not use, and NF can't
# be made without it. Each further name takes kilobytes. A program that composes one title pays for domain names.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export NUGET_PACKAGES=$work/packages
cd "$work"

cat >trial.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <InvariantGlobalization>true</InvariantGlobalization>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="ADRaffy.ENSNormalize" Version="0.3.1" /></ItemGroup>
</Project>
PROJECT
cat >Program.cs <<'PROGRAM'
using ADRaffy.ENSNormalize;

const long Megabyte = 1_000_000;
var kept = GC.GetTotalMemory(forceFullCollection: true);
Console.WriteLine($"composed {Allocated("Zoe\u0308", out var first) == "Zo\u00eb"}, the first allocates over 30 MB {first > 30 * Megabyte}");
Console.WriteLine($"over 8 MB stay {GC.GetTotalMemory(forceFullCollection: true) - kept > 8 * Megabyte}");
Allocated("E\u0301te\u0301", out var second);
Console.WriteLine($"the second allocates under 100 KB {second < 100_000}");

static string Allocated(string text, out long bytes)
{
    var before = GC.GetAllocatedBytesForCurrentThread();
    var composed = ENSNormalize.NF.NFC(text);
    bytes = GC.GetAllocatedBytesForCurrentThread() - before;
    return composed;
}
PROGRAM
dotnet run -c Release -v quiet >seen
cat seen
diff seen - <<'SEEN'
composed True, the first allocates over 30 MB True
over 8 MB stay True
the second allocates under 100 KB True
SEEN
