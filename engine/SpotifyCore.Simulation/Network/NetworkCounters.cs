using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Simulation.Network;

/// <summary>What went over the network of a world so far.</summary>
public sealed class NetworkCounters
{
    /// <summary>Payload of chunks from peers that who asked for it stored: right, and the first to come.</summary>
    public long PeerUsefulBytes { get; private set; }

    /// <summary>What TCP was given on connections between peers: payload, messages, TLS records.</summary>
    public long PeerBytes { get; private set; }

    /// <summary>TCP/IP's own beside that: headers and acknowledgements.</summary>
    public long PeerHeaderBytes { get; private set; }

    /// <summary>What TCP was given on connections to nodes, both ways.</summary>
    public long NodeBytes { get; private set; }

    /// <summary>Requests for chunks that nodes took.</summary>
    public long NodeRequests { get; internal set; }

    /// <summary>Requests for chunks for which a node had to ask master storage.</summary>
    public long MasterRequests { get; internal set; }

    /// <summary>Bytes that nodes fetched from master storage.</summary>
    public long MasterBytes { get; internal set; }

    /// <summary>Messages that left a host.</summary>
    public long Messages { get; private set; }

    /// <summary>Connections that were asked for.</summary>
    public long Attempts { get; internal set; }

    /// <summary>Connections that came up.</summary>
    public long Established { get; private set; }

    /// <summary>Calls of the access point.</summary>
    public long AccessPointCalls { get; internal set; }

    /// <summary>Ends of connections that exist now.</summary>
    public int OpenEnds { get; internal set; }

    internal void Count(ConnectionEnd from, in PeerMessage message, int bytes)
    {
        Messages++;
        Count(from, bytes, WireSize.Records(message));
    }

    /// <summary>So many bytes of a chunk went out that was then not sent to its end.</summary>
    internal void CountLost(ConnectionEnd from, int bytes) => Count(from, bytes, WireSize.RecordsIn(bytes));

    /// <summary>A chunk came that its taker had stored.</summary>
    internal void CountUseful(Tier origin, int payload) => PeerUsefulBytes += origin == Tier.Peers ? payload : 0;

    internal void CountHandshake(ConnectionEnd from)
    {
        Established++;
        if (from.Peer.Host.IsNode)
        {
            NodeBytes += 2 * WireSize.Handshake;
            return;
        }

        PeerBytes += 2 * WireSize.Handshake;
        PeerHeaderBytes += 2 * WireSize.HandshakeHeaders;
    }

    private void Count(ConnectionEnd from, int bytes, int records)
    {
        from.Host.SentBytes += bytes;
        from.Peer.Host.ReceivedBytes += bytes;
        if (!from.Host.IsNode && !from.Peer.Host.IsNode)
        {
            PeerBytes += records;
            PeerHeaderBytes += bytes - records + WireSize.AcknowledgementsOf(bytes);
            return;
        }

        NodeBytes += records;
    }
}
