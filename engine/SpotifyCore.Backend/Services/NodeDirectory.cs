using Google.Protobuf;
using SpotifyCore.Backend.Configuration;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Services;

/// <summary>The storage and master nodes of the options, as messages. Immutable.</summary>
internal sealed class NodeDirectory(BackendOptions options)
{
    private readonly Node[] _storage = Read(options.StorageNodes);
    private readonly Node[] _masters = Read(options.MasterNodes);

    /// <summary>Production storage, the site's own first, else in the options' order.</summary>
    public IEnumerable<Node> StorageFor(string site) => _storage
        .OrderBy(node => string.Equals(node.Site, site, StringComparison.Ordinal) ? 0 : 1)
        .Select(static node => node.Clone());

    /// <summary>Where imports write to.</summary>
    public Masters Masters()
    {
        var masters = new Masters { Copies = Math.Min(options.MasterCopies, _masters.Length) };
        masters.Nodes.AddRange(_masters.Select(static node => node.Clone()));
        return masters;
    }

    private static Node[] Read(string[] nodes) => [.. nodes.Select(static text =>
    {
        if (!SitedAddress.TryParse(text, out var node))
            throw new ArgumentException($"'{text}' is not a node's address.", nameof(nodes));

        return new Node
        {
            Id = IdOf(node.Address.Id), Host = node.Address.Host, Port = node.Address.Port, Site = node.Site,
        };
    })];

    private static ByteString IdOf(PeerId? id) =>
        id is { } known ? ByteString.CopyFrom(known.Bits.ToArray()) : ByteString.Empty;
}
