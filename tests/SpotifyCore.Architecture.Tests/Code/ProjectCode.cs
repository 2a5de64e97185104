namespace SpotifyCore.Architecture.Tests.Code;

/// <summary>One project.</summary>
/// <param name="Name">Its name, which its root namespace has too.</param>
/// <param name="Folder">The folder at the top of the tree that it lies in.</param>
/// <param name="Directory">Where its sources are.</param>
/// <param name="References">Names of the projects that it references.</param>
/// <param name="Types">What it is made of.</param>
internal sealed record ProjectCode(
    string Name, string Folder, string Directory, IReadOnlyList<string> References, IReadOnlyCollection<TypeCode> Types)
{
    private readonly Lazy<string> _source = new(() => string.Join('\n', System.IO.Directory
        .EnumerateFiles(Directory, "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
        .Select(File.ReadAllText)));

    /// <summary>True when its source takes something of a type by the type's name.</summary>
    public bool Takes(string type) => _source.Value.Contains(type + ".", StringComparison.Ordinal);
}
