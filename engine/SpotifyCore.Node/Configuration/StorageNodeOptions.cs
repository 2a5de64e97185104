using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace SpotifyCore.Node.Configuration;

/// <summary>What a storage node is told beside <see cref="NodeOptions"/>.</summary>
internal sealed class StorageNodeOptions
{
    /// <summary>Name of the site it stands at, for people and logs.</summary>
    [Description("Name of the site it stands at.")]
    [Required]
    public string Site { get; set; } = "default";

    /// <summary>Storage nodes, of other sites or this one, asked before master; at most four.</summary>
    [Description("Storage nodes asked before the masters, each ID@HOST:PORT, four at most; they are trusted.")]
    public string[] Siblings { get; set; } = [];
}
