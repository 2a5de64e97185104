using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Harness.Clients;

/// <summary>What came of one play.</summary>
/// <param name="Client">Whose it was.</param>
/// <param name="Play">Its number there.</param>
/// <param name="Track">Of which track.</param>
/// <param name="IsCurrent">True when it became the current one; false when it was only prefetched.</param>
/// <param name="IsClick">True when the listener chose it, false when it followed by itself.</param>
/// <param name="Since">The click, or the end of the one before.</param>
/// <param name="Start">From there to the first PCM; null when it never sounded.</param>
/// <param name="Stutters">Times that the output ran dry for over 10 ms.</param>
/// <param name="StutterTime">For how long in all.</param>
/// <param name="LongestStutter">The longest of them.</param>
/// <param name="Listened">Music that sounded.</param>
/// <param name="IsComplete">True when it sounded to its end.</param>
/// <param name="Failure">Why it could not go on.</param>
/// <param name="TrackerFound">True when the tracker named somebody who had the file.</param>
/// <param name="OverlayFound">True when a neighbour said that it held the file.</param>
/// <param name="Bytes">What it used, by tier; empty when it was never opened.</param>
public readonly record struct PlayRecord(
    SimClient Client,
    PlayId Play,
    int Track,
    bool IsCurrent,
    bool IsClick,
    Instant Since,
    TimeSpan? Start,
    int Stutters,
    TimeSpan StutterTime,
    TimeSpan LongestStutter,
    TimeSpan Listened,
    bool IsComplete,
    DeliveryFailure Failure,
    bool TrackerFound,
    bool OverlayFound,
    PlayStatistics Bytes);
