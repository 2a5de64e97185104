namespace SpotifyCore.Backend.Adverts;

/// <summary>An advert that is to be heard before any more music.</summary>
internal sealed record AdvertBreak
{
    /// <summary>Names this one time that it is to be heard.</summary>
    public required byte[] Impression { get; init; }

    /// <summary>Its sound.</summary>
    public required string Recording { get; init; }

    /// <summary>What it is called.</summary>
    public required string Title { get; init; }

    /// <summary>Of which campaign it is.</summary>
    public required string Campaign { get; init; }

    /// <summary>How long it plays.</summary>
    public required TimeSpan Length { get; init; }

    /// <summary>For how long no key of a track is given yet.</summary>
    public required TimeSpan Wait { get; init; }
}
