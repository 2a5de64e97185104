namespace SpotifyCore.Backend.Catalogue;

/// <summary>The file that a track was made of, checked by <see cref="NewTrackReader"/>.</summary>
/// <param name="Hash">SHA-256 of it.</param>
/// <param name="Encoder">Library version and parameters its sound was encoded with.</param>
/// <param name="Name">Its name, for people.</param>
internal sealed record NewSource(byte[] Hash, string Encoder, string Name)
{
    /// <summary>Where it is: what tells it from others. Empty where that is not said.</summary>
    public string Location { get; init; } = "";

    /// <summary>Where it was before; empty where that is not known.</summary>
    public string MovedFrom { get; init; } = "";

    /// <summary>SHA-256 of what of it is decoded; null where that can't be told.</summary>
    public byte[]? Essence { get; init; }

    /// <summary>What the import knows the file by while it is as it was; null where it has to read it.</summary>
    public byte[]? Stamp { get; init; }
}
