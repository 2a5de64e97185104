using System.Runtime.CompilerServices;

namespace SpotifyCore.Testing;

/// <summary>The chunk protocol's specification, whose examples are spoken and read by tests.</summary>
public static class WireSpecification
{
    /// <summary>The code lines below a heading, without their indent.</summary>
    public static IReadOnlyList<string> Examples(string heading)
    {
        var lines = File.ReadAllLines(Path.Combine(Root(), "engine/SpotifyCore.Protocol/README.md"));
        return
        [
            .. lines.SkipWhile(line => line != $"### {heading}").Skip(1)
                .TakeWhile(static line => !line.StartsWith('#'))
                .Where(static line => line.StartsWith("    ", StringComparison.Ordinal))
                .Select(static line => line.Trim()),
        ];
    }

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../.."));
}
