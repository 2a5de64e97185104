using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Client.Core;

/// <summary>
/// The whole of a listener's client that decides anything: which tier gives each chunk, which peers to keep, what to
/// give them, when to sound, what to prefetch. It does no I/O: events and the time go in, actions come out. Owned by
/// one loop; equal seeds and events give equal actions.
/// </summary>
/// <remarks>
/// The shell keeps one <c>PeerSession</c> a connection: hello, tickets, ping, frames and the pieces of chunks stay
/// there. The core is given, and gives, whole messages about have, chunks, cancel, busy, not found, error and go-away.
/// </remarks>
public sealed class ClientCore
{
    /// <summary>Makes a core that knows no node, plays nothing and has no connection.</summary>
    public ClientCore(ClientCoreOptions options, IChunkJudge judge)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(judge);
    }

    /// <summary>
    /// Takes in one event and appends what is to be done about it. Times never run backwards from one event to the
    /// next. Allocates nothing per chunk.
    /// </summary>
    public void Handle(in ClientEvent occurred, Instant now, ref ActionBuffer actions)
    {
        ArgumentOutOfRangeException.ThrowIfEqual((int)occurred.Kind, (int)ClientEventKind.None, nameof(occurred));
    }

    /// <summary>What a play used so far; null when the core does not know it (any more).</summary>
    public PlayStatistics? StatisticsOf(PlayId play) => null;
}
