using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using SpotifyCore.Node.Configuration;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Node.Links;

/// <summary>How a node talks to another one.</summary>
internal sealed class NodeLinkOptions
{
    /// <summary>From the start of connecting to the end of the hello.</summary>
    [Description("How long connecting to another node may take.")]
    [PositiveTime]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a node that could not be reached is left alone at first; doubled with every failure.</summary>
    [Description("How long a node that can't be reached is left alone at first; doubled each time.")]
    [PositiveTime]
    public TimeSpan FirstBackoff { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long it is left alone at most.</summary>
    [Description("How long it is left alone at most.")]
    [PositiveTime]
    public TimeSpan LongestBackoff { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one node alone may take to answer before the next is asked as well.</summary>
    [Description("How long one node may take before the next is asked as well.")]
    [PositiveTime]
    public TimeSpan HedgeAfter { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Reads in a row without an answer after which the connection is given up.</summary>
    [Description("Unanswered reads in a row that end a connection.")]
    [Range(1, 1000)]
    public int SilentReads { get; set; } = 8;

    internal ReconnectingPeerOptions ToPeer() => new()
    {
        FirstPause = FirstBackoff,
        LongestPause = LongestBackoff,
        SilentReads = SilentReads,
        Connection = new ChunkClientOptions
        {
            Role = PeerRole.Node,
            ConnectTimeout = ConnectTimeout,
            ReplyTimeout = TimeSpan.FromSeconds(5),

            // A node that is asked and silent is found by its reads; signs of life are for connections that rest.
            PingAfter = TimeSpan.FromSeconds(45),
            IdleTimeout = TimeSpan.FromSeconds(120),
        },
    };
}
