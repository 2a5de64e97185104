using System.ComponentModel.DataAnnotations;

namespace SpotifyCore.Node.Composition;

/// <summary>What every storage and master node is told. Addresses of nodes are written <c>id@host:port</c>.</summary>
public sealed class NodeOptions
{
    /// <summary>Directory of the node's key and of all it keeps.</summary>
    [Required]
    public string DataDirectory { get; set; } = "";

    /// <summary>Address and port to listen at; port 0 picks a free one.</summary>
    [Required]
    public string Listen { get; set; } = "0.0.0.0:7300";

    /// <summary>Host under which others reach this node, for the ready line; the listen address when empty.</summary>
    public string Advertise { get; set; } = "";

    /// <summary>All master nodes. A master that stands alone may leave it empty.</summary>
    public string[] Masters { get; set; } = [];

    /// <summary>Masters that own each file.</summary>
    [Range(1, 6)]
    public int Copies { get; set; } = 2;

    /// <summary>
    /// Ids of nodes that need no ticket, beside those in the lists of nodes: on a master, the storage nodes.
    /// </summary>
    public string[] Trusted { get; set; } = [];

    /// <summary>
    /// No TLS and no tickets, for a rack that only trusted machines reach: everybody may do everything.
    /// </summary>
    public bool Plain { get; set; }

    /// <summary>
    /// Where the keys that tickets are checked with come from, as <c>http://host:port</c> or
    /// <c>https://host:port</c>.
    /// </summary>
    public string AccessPoint { get; set; } = "";

    /// <summary>Id that an access point at <c>https</c> must prove; empty to trust its certificate.</summary>
    public string AccessPointId { get; set; } = "";

    /// <summary>
    /// Keys that tickets are checked with, each <c>number:base64</c> of the public key, beside those that are
    /// fetched.
    /// </summary>
    public string[] TicketKeys { get; set; } = [];

    /// <summary>How often the keys are fetched anew.</summary>
    [PositiveTime]
    public TimeSpan KeyRefresh { get; set; } = TimeSpan.FromMinutes(5);
}
