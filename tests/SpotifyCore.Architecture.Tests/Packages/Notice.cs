using SpotifyCore.Testing;

namespace SpotifyCore.Architecture.Tests.Packages;

/// <summary>The lines of NOTICE that name a package.</summary>
internal static class Notice
{
    /// <summary>Every line of the form "package | licence | copyright", in the file's order.</summary>
    public static IReadOnlyList<NoticeLine> Read() =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "NOTICE"))
            .Select(line => line.Split(" | "))
            .Where(fields => fields.Length == 3)
            .Select(fields => new NoticeLine(fields[0], fields[1], fields[2])),
    ];
}
