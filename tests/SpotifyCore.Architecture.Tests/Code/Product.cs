using System.Xml.Linq;
using SpotifyCore.Testing;

namespace SpotifyCore.Architecture.Tests.Code;

/// <summary>The projects that this repository makes programs of.</summary>
internal static class Product
{
    private static readonly string[] Folders = ["engine", "hosts", "frontends", "tools", "bench"];

    // This one's own: .../bin/Release/net10.0/ is the output of a project and of a build.
    private static readonly string Output = Path.GetRelativePath(
        Path.Combine(Repository.Root, "tests", "SpotifyCore.Architecture.Tests"), AppContext.BaseDirectory);

    /// <summary>All of them, in no order.</summary>
    public static IReadOnlyList<ProjectCode> Projects { get; } =
    [
        .. Folders
            .SelectMany(static folder => Directory.EnumerateFiles(
                Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .Select(Read),
    ];

    private static ProjectCode Read(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        var project = XDocument.Load(file);
        var assembly = project.Descendants("AssemblyName").FirstOrDefault()?.Value ?? NameOf(file);
        return new ProjectCode(
            NameOf(file),
            Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar)[0],
            folder,
            [
                .. project.Descendants("ProjectReference")
                    .Where(static reference => reference.Attribute("ReferenceOutputAssembly")?.Value != "false")
                    .Select(static reference => reference.Attribute("Include")?.Value)
                    .OfType<string>()
                    .Select(NameOf),
            ],
            AssemblyCode.Read(Path.Combine(folder, Output, assembly + ".dll")));
    }

    private static string NameOf(string project) => Path.GetFileNameWithoutExtension(project.Replace('\\', '/'));
}
