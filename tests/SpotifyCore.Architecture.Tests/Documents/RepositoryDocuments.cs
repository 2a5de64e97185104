using SpotifyCore.Testing;

namespace SpotifyCore.Architecture.Tests.Documents;

/// <summary>What people read in the repository.</summary>
internal static class RepositoryDocuments
{
    /// <summary>The full paths of all documents, but for what a build put somewhere.</summary>
    public static IEnumerable<string> All =>
        Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
            .Where(static file => !file.Split('/').Any(static folder => folder is "bin" or "obj"));
}
