using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Protocol.Fetching;

/// <summary>A request that a caller waits for. Everything but its creation happens under the link's lock.</summary>
internal abstract class ClientOperation
{
    /// <summary>What is asked; the request id is filled in when its turn comes.</summary>
    public PeerMessage Request { get; set; }

    /// <summary>What travels beside the request.</summary>
    public ReadOnlyMemory<byte> Payload { get; protected set; }

    /// <summary>When the caller stops waiting.</summary>
    public Instant Deadline { get; set; }

    /// <summary>Its place in the session; -1 while it waits for its turn and once it is over.</summary>
    public int Place { get; set; } = -1;

    /// <summary>True from the beginning to the end.</summary>
    public bool IsActive { get; set; }

    /// <summary>Takes in an answer; with <paramref name="ends"/> the last.</summary>
    public abstract void Take(in PeerMessage answer, ReadOnlySpan<byte> payload, bool ends);

    /// <summary>Ends without an answer that ends it: late, lost, or too many.</summary>
    public abstract void End(ProtocolCode code);

    /// <summary>Ends because the caller gave up.</summary>
    public abstract void Cancel(CancellationToken cancellationToken);
}
