using SpotifyCore.Client.Catalogue;
using SpotifyCore.Core.Queueing;

namespace SpotifyCore.Client;

/// <summary>What plays at one moment.</summary>
/// <param name="State">What the player does.</param>
/// <param name="Track">What plays; null when nothing does.</param>
/// <param name="Position">Where in the track the sound is.</param>
/// <param name="Buffered">Music after the position that is here already, in memory or in the cache.</param>
/// <param name="Play">The play; null when nothing plays.</param>
/// <param name="Account">Who is logged in; empty when nobody is.</param>
/// <param name="Problem">Why the last track that failed did; empty when none has since the last click.</param>
/// <param name="Queued">Tracks after this one.</param>
public sealed record PlayerStatus(
    PlayerState State,
    TrackInfo? Track,
    TimeSpan Position,
    TimeSpan Buffered,
    PlayReport? Play,
    string Account,
    string Problem,
    int Queued)
{
    /// <summary>
    /// True while an advert plays, before the track with which the queue goes on: <see cref="Track"/> has its title, and the
    /// campaign as its artist. It can't be skipped, nor sought in.
    /// </summary>
    public bool IsAdvert { get; init; }

    /// <summary>What is waited for while a track opens or has fallen silent; else none.</summary>
    public WaitReason WaitsFor { get; init; }

    /// <summary>What happens at the end of a track and of the queue.</summary>
    public RepeatMode Repeat { get; init; }

    /// <summary>True while the queue is in a shuffled order.</summary>
    public bool IsShuffled { get; init; }

    /// <summary>Whether the client is connected to the access point.</summary>
    public bool IsOnline { get; init; }

    /// <summary>
    /// Whose session the access point has ended, as it does when a password is changed, an account removed, or a
    /// session too old; empty while somebody is logged in, and after a logout.
    /// </summary>
    public string EndedAccount { get; init; } = "";

    /// <summary>How loud, in percent.</summary>
    public int Volume { get; init; }

    /// <summary>
    /// What the device calls itself on which the account plays, so that it was paused here; empty when it does not say, null
    /// when that is not so.
    /// </summary>
    public string? TakenBy { get; init; }

    /// <summary>How long the end of a track and the beginning of the next sound together.</summary>
    public TimeSpan Crossfade { get; init; }
}
