namespace SpotifyCore.Backend.Adverts;

/// <summary>When and where an advert is heard, and how often beside others.</summary>
internal sealed record Advert
{
    /// <summary>What it is called.</summary>
    public required string Title { get; init; }

    /// <summary>Of which campaign it is, for listeners and for who counts what was heard.</summary>
    public required string Campaign { get; init; }

    /// <summary>The countries of the accounts that hear it, by their two letters; none for all.</summary>
    public required IReadOnlyList<string> Countries { get; init; }

    /// <summary>From when on it is heard.</summary>
    public required DateTimeOffset Begins { get; init; }

    /// <summary>When it is over.</summary>
    public required DateTimeOffset Ends { get; init; }

    /// <summary>How often it is chosen beside others: one of weight 2 twice as often as one of weight 1.</summary>
    public required int Weight { get; init; }
}
