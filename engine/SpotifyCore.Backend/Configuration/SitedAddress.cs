using SpotifyCore.Content.Identity;

namespace SpotifyCore.Backend.Configuration;

/// <summary>A node and the site it stands in, written <c>[site=][id@]host:port</c>.</summary>
/// <param name="Site">Name of the site; empty when it does not matter.</param>
/// <param name="Address">Where the node listens and which id it proves there.</param>
internal readonly record struct SitedAddress(string Site, NodeAddress Address)
{
    /// <summary>Reads <c>[site=][id@]host:port</c>; false when it is not one.</summary>
    public static bool TryParse(string text, out SitedAddress node)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var read = NodeAddress.TryParse(text[(equals + 1)..], out var address);
        node = new SitedAddress(equals < 0 ? "" : text[..equals].Trim(), address);
        return read;
    }

    /// <summary>The text that <see cref="TryParse"/> reads.</summary>
    public override string ToString() => Site.Length == 0 ? Address.ToString() : $"{Site}={Address}";
}
