namespace SpotifyCore.SideBySide.Results;

/// <summary>What is compared with what.</summary>
/// <param name="Name">What is measured, such as <c>cache-hit-1</c>.</param>
/// <param name="Reference">Beside what.</param>
internal readonly record struct Pairing(string Name, string Reference);
