using System.Globalization;

namespace SpotifyCore.Content.Identity;

/// <summary>
/// Where a peer or node listens and which id it must prove there, written <c>id@host:port</c>.
/// Without an id (<c>host:port</c>) only a plain channel can be opened to it.
/// </summary>
public readonly record struct NodeAddress(PeerId? Id, string Host, int Port)
{
    /// <summary>Reads <c>[id@]host:port</c>; an IPv6 host stands in brackets. False when it is not one.</summary>
    public static bool TryParse(string? text, out NodeAddress address)
    {
        address = default;
        if (text is null)
            return false;

        PeerId? id = null;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0)
        {
            if (!PeerId.TryParse(text.AsSpan(0, at), out var parsed))
                return false;

            id = parsed;
        }

        var colon = text.LastIndexOf(':');
        var host = colon > at ? text[(at + 1)..colon].Trim('[', ']') : "";
        if (host.Length == 0
            || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port is < 1 or > 65535)
            return false;

        address = new NodeAddress(id, host, port);
        return true;
    }

    /// <summary>The text that <see cref="TryParse"/> reads.</summary>
    public override string ToString()
    {
        var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        return Id is { } id ? $"{id}@{host}:{Port}" : $"{host}:{Port}";
    }
}
