using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core;

namespace SpotifyCore.Simulation.Clients;

/// <summary>What came of one play.</summary>
public readonly record struct PlayRecord
{
    /// <summary>Whose it was.</summary>
    public required SimClient Client { get; init; }

    /// <summary>Its number there.</summary>
    public PlayId Play { get; init; }

    /// <summary>Of which track.</summary>
    public int Track { get; init; }

    /// <summary>
    /// True when it became the current one; false when it was only prefetched, when a track whose sources are away was
    /// tried again for nothing, and when it was what a click had replaced and went well: the earlier play tells of those.
    /// </summary>
    public bool IsCurrent { get; init; }

    /// <summary>True when the listener chose it, false when it followed by itself.</summary>
    public bool IsClick { get; init; }

    /// <summary>The click, or the end of the one before.</summary>
    public Instant Since { get; init; }

    /// <summary>From there to the first PCM; null when it never sounded.</summary>
    public TimeSpan? Start { get; init; }

    /// <summary>Times that the output ran dry for over 10 ms.</summary>
    public int Stutters { get; init; }

    /// <summary>For how long in all.</summary>
    public TimeSpan StutterTime { get; init; }

    /// <summary>The longest of them.</summary>
    public TimeSpan LongestStutter { get; init; }

    /// <summary>Music that sounded.</summary>
    public TimeSpan Listened { get; init; }

    /// <summary>True when it sounded to its end.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Why it could not go on.</summary>
    public DeliveryFailure Failure { get; init; }

    /// <summary>True when the tracker named somebody who had the file.</summary>
    public bool TrackerFound { get; init; }

    /// <summary>True when a neighbour said that it held the file.</summary>
    public bool OverlayFound { get; init; }

    /// <summary>What it used, by tier, as the simulation counted it; empty when it was never opened.</summary>
    public required PlayBytes Bytes { get; init; }

    /// <summary>What its core says of it. A difference to <see cref="Bytes"/> is a violation.</summary>
    public required PlayStatistics Claimed { get; init; }
}
