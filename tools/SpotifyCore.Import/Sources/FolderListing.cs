namespace SpotifyCore.Import.Sources;

/// <summary>What is in a folder.</summary>
/// <param name="Sources">Files to import, and what is not imported although it may be music.</param>
/// <param name="Folders">The folders in it.</param>
internal sealed record FolderListing(IReadOnlyList<SourceFile> Sources, IReadOnlyList<SourceFolder> Folders);
