namespace SpotifyCore.Import.Tags.Fields;

/// <summary>A picture as it lies in a file.</summary>
/// <param name="Kind">What it shows.</param>
/// <param name="MediaType">Such as <c>image/jpeg</c>, by its first bytes.</param>
/// <param name="Data">Its bytes.</param>
internal sealed record TagPicture(PictureKind Kind, string MediaType, byte[] Data);
