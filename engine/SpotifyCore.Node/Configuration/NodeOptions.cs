using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using SpotifyCore.Core.Placement;

namespace SpotifyCore.Node.Configuration;

/// <summary>What every storage and master node is told. Addresses of nodes are written <c>id@host:port</c>.</summary>
internal sealed class NodeOptions
{
    /// <summary>Directory of the node's key and of all it keeps.</summary>
    [Description("Directory of the node's key and of all it keeps.")]
    [Required]
    public string DataDirectory { get; set; } = "";

    /// <summary>Address and port to listen at; port 0 picks a free one.</summary>
    [Description("Address and port to listen at; port 0 picks a free one.")]
    [Required]
    public string Listen { get; set; } = "0.0.0.0:7300";

    /// <summary>Host under which others reach this node, for the ready line; the listen address when empty.</summary>
    [Description("Host for the ready line, when it is not the one listened at.")]
    public string Advertise { get; set; } = "";

    /// <summary>All master nodes. A master that stands alone may leave it empty.</summary>
    [Description("All master nodes, each ID@HOST:PORT: on a master itself included, or none where it stands alone.")]
    public string[] Masters { get; set; } = [];

    /// <summary>Masters that own each file.</summary>
    [Description("Masters that keep each file; the same on every node.")]
    [Range(1, RendezvousPlacement.MaxCopies)]
    public int Copies { get; set; } = 2;

    /// <summary>
    /// Ids of nodes that need no ticket, beside those in the lists of nodes: on a master, the storage nodes.
    /// </summary>
    [Description("Ids of nodes that need no ticket: on a master, those of the storage nodes.")]
    public string[] Trusted { get; set; } = [];

    /// <summary>
    /// No TLS and no tickets, for a rack that only trusted machines reach: everybody may do everything.
    /// </summary>
    [Description("No TLS and no tickets: whoever reaches the port may read and write everything. For a closed rack.")]
    public bool Plain { get; set; }

    /// <summary>
    /// Where the keys that tickets are checked with come from, as <c>http://host:port</c> or
    /// <c>https://host:port</c>.
    /// </summary>
    [Description("Where ticket keys are fetched: http://HOST:PORT on this machine, https://HOST:PORT anywhere.")]
    public string AccessPoint { get; set; } = "";

    /// <summary>Id that an access point at <c>https</c> must prove; empty to trust its certificate.</summary>
    [Description("The id that an https access point must prove; empty: its certificate is one the system trusts.")]
    public string AccessPointId { get; set; } = "";

    /// <summary>
    /// Keys that tickets are checked with, each <c>number:base64</c> of the public key, beside those that are
    /// fetched.
    /// </summary>
    [Description("Ticket keys, each NUMBER:BASE64, beside those that are fetched.")]
    public string[] TicketKeys { get; set; } = [];

    /// <summary>How often the keys are fetched anew.</summary>
    [Description("How often the keys are fetched anew.")]
    [PositiveTime]
    public TimeSpan KeyRefresh { get; set; } = TimeSpan.FromMinutes(5);
}
