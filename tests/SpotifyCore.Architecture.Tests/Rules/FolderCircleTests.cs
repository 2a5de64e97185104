using SpotifyCore.Architecture.Tests.Code;

namespace SpotifyCore.Architecture.Tests.Rules;

/// <summary>Folders of a project, which are its namespaces, use each other in one direction.</summary>
public sealed class FolderCircleTests
{
    [Fact]
    public void Folders_OfOneProject_UseEachOtherInOneDirection() => Assert.Empty(
        Product.Projects.SelectMany(static project => Circles.Of(Edges(project))
            .Select(knot => $"{project.Name}: {string.Join(", ", knot.Select(folder => Short(project, folder)))}")));

    private static Dictionary<string, IReadOnlySet<string>> Edges(ProjectCode project)
    {
        var folders = project.Types.ToLookup(static type => type.Name.Namespace);
        return folders.ToDictionary(
            static folder => folder.Key,
            folder => (IReadOnlySet<string>)folder
                .SelectMany(type => type.Uses.Where(used => used.Assembly == type.Name.Assembly))
                .Select(static used => used.Namespace)
                .Where(used => used != folder.Key && folders.Contains(used))
                .ToHashSet());
    }

    private static string Short(ProjectCode project, string folder) =>
        folder == project.Name || folder.Length == 0 ? "." : folder[(project.Name.Length + 1)..];
}
