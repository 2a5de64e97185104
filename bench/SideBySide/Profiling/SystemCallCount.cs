namespace SpotifyCore.SideBySide.Profiling;

/// <summary>How often a system call was made.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Calls">How often.</param>
internal readonly record struct SystemCallCount(string Name, long Calls);
