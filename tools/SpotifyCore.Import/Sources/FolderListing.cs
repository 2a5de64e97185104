namespace SpotifyCore.Import.Sources;

/// <summary>What is in a folder.</summary>
/// <param name="Sources">Files to import, and what is not imported although it may be music.</param>
/// <param name="Folders">The folders in it.</param>
internal sealed record FolderListing(IReadOnlyList<SourceFile> Sources, IReadOnlyList<SourceFolder> Folders)
{
    /// <summary>True where the folder could not be read, which may pass without anything changing in it.</summary>
    public bool IsFailed { get; init; }
}
