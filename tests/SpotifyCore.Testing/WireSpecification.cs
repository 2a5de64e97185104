using System.Runtime.CompilerServices;

namespace SpotifyCore.Testing;

/// <summary>The chunk protocol's specification, whose examples are spoken and read by tests.</summary>
public static class WireSpecification
{
    /// <summary>The code lines below a heading, without their indent.</summary>
    public static IReadOnlyList<string> Examples(string heading)
    {
        var lines = File.ReadAllLines(PathOf());
        return
        [
            .. lines.SkipWhile(line => line != $"### {heading}").Skip(1)
                .TakeWhile(static line => !line.StartsWith('#'))
                .Where(static line => line.StartsWith("    ", StringComparison.Ordinal))
                .Select(static line => line.Trim()),
        ];
    }

    /// <summary>True when it says so, wherever its lines end.</summary>
    public static bool Says(string words) =>
        string.Join(' ', File.ReadAllLines(PathOf()).Select(static line => line.Trim()))
            .Contains(words, StringComparison.Ordinal);

    private static string PathOf([CallerFilePath] string here = "") => Path.GetFullPath(
        Path.Combine(Path.GetDirectoryName(here)!, "../../engine/SpotifyCore.Protocol/README.md"));
}
