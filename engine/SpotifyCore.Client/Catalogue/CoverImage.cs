namespace SpotifyCore.Client.Catalogue;

/// <summary>A cover as it was embedded in the source.</summary>
/// <param name="MediaType">For example <c>image/jpeg</c>.</param>
/// <param name="Data">The image.</param>
public sealed record CoverImage(string MediaType, ReadOnlyMemory<byte> Data);
