using SpotifyCore.Content.Identity;

namespace SpotifyCore.Backend.Adverts;

/// <summary>An advert of a campaign, for its operator.</summary>
/// <param name="Id">Its recording, which names it.</param>
/// <param name="Campaign">Of which campaign it is.</param>
/// <param name="Heard">How often it was heard to its end.</param>
public sealed record ListedAdvert(TrackId Id, string Campaign, long Heard)
{
    /// <summary>What it is called; null of one that is not there any more.</summary>
    public string? Title { get; init; }

    /// <summary>How long it is.</summary>
    public TimeSpan Length { get; init; }

    /// <summary>The countries of the accounts that hear it; none for all.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    /// <summary>From when on it is heard.</summary>
    public DateTimeOffset Begins { get; init; }

    /// <summary>When it is over; null for never.</summary>
    public DateTimeOffset? Ends { get; init; }

    /// <summary>How often it is chosen beside others.</summary>
    public int Weight { get; init; }
}
