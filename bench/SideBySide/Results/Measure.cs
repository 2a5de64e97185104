namespace SpotifyCore.SideBySide.Results;

/// <summary>What a slice measures.</summary>
/// <param name="Name">Its name, such as <c>get-16k-1</c>.</param>
/// <param name="Unit">The unit of its figures, such as <c>chunks/s</c>.</param>
internal sealed record Measure(string Name, string Unit);
