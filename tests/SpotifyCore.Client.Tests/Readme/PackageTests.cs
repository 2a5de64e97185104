using System.Diagnostics;
using System.IO.Compression;
using SpotifyCore.Testing;

namespace SpotifyCore.Client.Tests.Readme;

/// <summary>The package is all that a stranger's program needs.</summary>
public sealed class PackageTests : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <RestorePackagesPath>packages</RestorePackagesPath>
            <RestoreAdditionalProjectSources>../feed</RestoreAdditionalProjectSources>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="SpotifyCore.Client" Version="*" />
          </ItemGroup>
        </Project>
        """;

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    [Trait("Length", "long")]
    public void Pack_Client_LetsAStrangerBuildTheExample()
    {
        var repository = Repository.Root;
        Dotnet(repository, "pack", "engine/SpotifyCore.Client", "-c", "Release", "-v", "q", "-o", _directory["feed"], "-p:RunAnalyzers=false");
        using (var package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(_directory["feed"], "*.nupkg"))))
        {
            var names = package.Entries.Select(entry => entry.FullName).ToHashSet();
            Assert.Superset(
                new HashSet<string>
                {
                    "README.md", "LICENSE", "lib/net10.0/SpotifyCore.Client.dll", "lib/net10.0/SpotifyCore.Client.xml",
                    "lib/net10.0/SpotifyCore.Content.dll", "lib/net10.0/SpotifyCore.Playback.dll",
                },
                names);
        }

        var program = Directory.CreateDirectory(_directory["stranger"]).FullName;
        File.WriteAllText(Path.Combine(program, "stranger.csproj"), Project);
        File.WriteAllText(Path.Combine(program, "Program.cs"), Example(repository));
        Dotnet(program, "build", "-v", "q");

        // It runs as far as it can with nobody at the address: all assemblies and libraries are found.
        var (exit, output) = Run(program, "run", "--no-build");
        Assert.NotEqual(0, exit);
        Assert.Contains("SpotifyCore.Client.AccessPointException", output, StringComparison.Ordinal);
    }

    private static string Example(string repository)
    {
        var readme = File.ReadAllText(Path.Combine(repository, "README.md"));
        var from = readme.IndexOf("```csharp\n", StringComparison.Ordinal) + "```csharp\n".Length;
        return readme[from..readme.IndexOf("```", from, StringComparison.Ordinal)];
    }

    private static void Dotnet(string folder, params string[] arguments)
    {
        var (exit, output) = Run(folder, arguments);
        Assert.True(exit == 0, output);
    }

    private static (int Exit, string Output) Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false, RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
#pragma warning disable VSTHRD002 // The process has ended, and its output with it.
        return (process.ExitCode, output + error.Result);
#pragma warning restore VSTHRD002
    }
}
