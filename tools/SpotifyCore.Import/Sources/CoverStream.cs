namespace SpotifyCore.Import.Sources;

/// <summary>An embedded picture of a source.</summary>
/// <param name="Index">Number of its stream.</param>
/// <param name="MediaType">Such as <c>image/jpeg</c>.</param>
internal sealed record CoverStream(int Index, string MediaType);
