using SpotifyCore.Content.Identity;
using SpotifyCore.Core;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Simulation.Timing;

namespace SpotifyCore.Simulation.Access;

/// <summary>A call of the access point on its way there and back.</summary>
internal sealed class AccessCall(IAccessClient client, AccessCallKind kind, PlayId play, int track) : IDue
{
    /// <inheritdoc/>
    public int TraceId => Client.Host.Number;

    public IAccessClient Client { get; } = client;

    public AccessCallKind Kind { get; } = kind;

    public PlayId Play { get; } = play;

    public int Track { get; } = track;

    /// <summary>The peer it is about.</summary>
    public PeerId Peer { get; init; }

    /// <summary>What became of the advert that the client played last.</summary>
    public AdvertOutcome LastAdvert { get; init; }

    /// <summary>The answer: what is to be heard before the track, where nodes and peers are those that have it.</summary>
    public SimAdvert? Advert { get; set; }

    /// <summary>In which session of the client it was made.</summary>
    public int Session { get; } = client.Session;

    /// <summary>Times in a row that the same was tried before and failed.</summary>
    public int Failures { get; init; }

    /// <summary>True once the client waits for it no more: what is still on its way of it counts for nothing.</summary>
    public bool IsOver { get; set; }

    /// <summary>The answer: who has the file; null when there was none.</summary>
    public PeerAddress[]? Peers { get; set; }

    /// <summary>Bytes of the answer on the wire.</summary>
    public int AnswerBytes { get; set; }

    /// <summary>The answer: the nodes to use.</summary>
    public NodeAddress[]? Nodes { get; set; }

    /// <summary>There was no answer in time.</summary>
    public void Due(int what, long value)
    {
        if (IsOver)
            return;

        (Peers, Nodes) = (null, null);
        SimAccessPoint.Take(this);
    }
}
