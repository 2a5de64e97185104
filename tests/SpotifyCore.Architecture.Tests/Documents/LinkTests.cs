using System.Text.RegularExpressions;
using SpotifyCore.Testing;

namespace SpotifyCore.Architecture.Tests.Documents;

/// <summary>What a document points at is there: whoever moves a file finds out who spoke of it.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Links_OfEveryDocument_PointAtWhatExists() => Assert.Empty(
        RepositoryDocuments.All
            .SelectMany(static document => Targets(document)
                .Where(target => !Path.Exists(Path.Combine(Path.GetDirectoryName(document)!, target)))
                .Select(target => $"{Path.GetRelativePath(Repository.Root, document)}: {target}")));

    /// <summary>Links to files and folders, without the place within them.</summary>
    private static IEnumerable<string> Targets(string document) =>
        Link().Matches(File.ReadAllText(document))
            .Select(static link => link.Groups["target"].Value.Split('#')[0])
            .Where(static target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
