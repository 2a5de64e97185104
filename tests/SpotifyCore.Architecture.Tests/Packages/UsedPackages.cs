using System.Text.Json;
using System.Xml.Linq;
using SpotifyCore.Testing;

namespace SpotifyCore.Architecture.Tests.Packages;

/// <summary>The packages of this repository: those that are pinned, and those that come with them.</summary>
internal static class UsedPackages
{
    /// <summary>Every pin of Directory.Packages.props, id and version.</summary>
    public static IReadOnlyDictionary<string, string> Pinned() =>
        XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"))
            .Descendants("PackageVersion")
            .ToDictionary(pin => pin.Attribute("Include")!.Value, pin => pin.Attribute("Version")!.Value);

    /// <summary>Every package, pinned or brought by one that is, that a program is built with.</summary>
    public static IReadOnlyDictionary<string, string> Resolved()
    {
        var resolved = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var folder in new[] { "hosts", "frontends", "tools" })
        {
            foreach (var project in Directory.GetDirectories(Path.Combine(Repository.Root, folder), "SpotifyCore.*"))
                AddTo(resolved, Path.Combine(project, "obj", "project.assets.json"));
        }

        return resolved;
    }

    /// <summary>The licence that the package itself states, as SPDX's identifier; null when it brings a text.</summary>
    public static string? LicenceOf(string package, string version)
    {
        var id = package.ToLowerInvariant();
        var licence = XDocument.Load(Path.Combine(Folder(), id, version, id + ".nuspec"))
            .Descendants()
            .FirstOrDefault(element => element.Name.LocalName == "license");
        return licence?.Attribute("type")?.Value == "expression" ? licence.Value : null;
    }

    private static void AddTo(SortedDictionary<string, string> resolved, string assets)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(assets));
        foreach (var target in document.RootElement.GetProperty("targets").EnumerateObject())
        {
            foreach (var library in target.Value.EnumerateObject())
            {
                var name = library.Name.Split('/');
                if (library.Value.GetProperty("type").GetString() == "package")
                    resolved[name[0]] = name[1];
            }
        }
    }

    private static string Folder()
    {
        var assets = Path.Combine(
            Repository.Root, "tests", "SpotifyCore.Architecture.Tests", "obj", "project.assets.json");
        using var document = JsonDocument.Parse(File.ReadAllBytes(assets));
        return document.RootElement.GetProperty("packageFolders").EnumerateObject().First().Name;
    }
}
