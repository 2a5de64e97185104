namespace SpotifyCore.Import.Sources;

/// <summary>A folder that sources may be in.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="IsHidden">True where it, or one that it is in, has a name that hides it.</param>
internal readonly record struct SourceFolder(string Path, bool IsHidden);
