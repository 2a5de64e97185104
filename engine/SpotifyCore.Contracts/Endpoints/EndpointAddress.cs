namespace SpotifyCore.Contracts.Endpoints;

/// <summary>Where a server listens: "http://host:port", "https://host:port" or "unix:/path".</summary>
/// <param name="Kind">What carries the connection.</param>
/// <param name="Host">Host name or address, an IPv6 one without brackets; the path of a Unix socket.</param>
/// <param name="Port">The TCP port; 0 for a Unix socket.</param>
public readonly record struct EndpointAddress(EndpointKind Kind, string Host, int Port)
{
    private const string UnixPrefix = "unix:";

    /// <summary>Reads one.</summary>
    /// <exception cref="ArgumentException">It is none of the three kinds, or says more than where.</exception>
    public static EndpointAddress Parse(string text) => TryParse(text, out var address)
        ? address
        : throw new ArgumentException(
            $"'{text}' is no address: http://host:port, https://host:port or unix:/path.", nameof(text));

    /// <summary>Reads one; false when it is none of the three kinds, or says more than where.</summary>
    public static bool TryParse(string text, out EndpointAddress address)
    {
        address = default;
        if (text.StartsWith(UnixPrefix, StringComparison.Ordinal) && text.Length > UnixPrefix.Length)
        {
            address = new EndpointAddress(EndpointKind.Unix, Path.GetFullPath(text[UnixPrefix.Length..]), 0);
            return true;
        }

        // A listener's "*" and port 0 are no URI's.
        var separator = text.IndexOf("://", StringComparison.Ordinal);
        var kind = separator < 0 ? null : KindOf(text[..separator]);
        var place = separator < 0 ? "" : text[(separator + 3)..].TrimEnd('/');
        var colon = place.LastIndexOf(':');
        if (kind is not { } known || colon <= 0 || !ushort.TryParse(place[(colon + 1)..], out var port) ||
            !IsHost(place[..colon]))
            return false;

        address = new EndpointAddress(known, place[..colon].Trim('[', ']'), port);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        if (Kind == EndpointKind.Unix)
            return UnixPrefix + Host;

        var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        return $"{(Kind == EndpointKind.Https ? "https" : "http")}://{host}:{Port}";
    }

    private static EndpointKind? KindOf(string scheme) => scheme switch
    {
        "http" => EndpointKind.Http,
        "https" => EndpointKind.Https,
        _ => null,
    };

    private static bool IsHost(string host) =>
        host == "*" || (Uri.CheckHostName(host) != UriHostNameType.Unknown && (host[0] == '[' || !host.Contains(':')));
}
