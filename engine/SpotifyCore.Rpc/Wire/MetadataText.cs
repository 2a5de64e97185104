using SpotifyCore.Rpc.Calls;

namespace SpotifyCore.Rpc.Wire;

/// <summary>Metadata as HTTP headers: text as it is, bytes in base64.</summary>
internal static class MetadataText
{
    /// <summary>The header value of an entry; base64 goes without padding.</summary>
    public static string Format(in RpcMetadataEntry entry) =>
        entry.Text ?? Convert.ToBase64String(entry.Bytes.Span).TrimEnd('=');

    /// <summary>Appends one received header, unless it is the protocol's own.</summary>
    /// <exception cref="RpcException">A binary value is not base64.</exception>
    public static void Read(RpcMetadata destination, string name, string value)
    {
        if (GrpcHeaders.IsReserved(name))
            return;

        name = name.ToLowerInvariant();
        if (!name.EndsWith(RpcMetadata.BinarySuffix, StringComparison.Ordinal))
        {
            destination.AddReceived(new RpcMetadataEntry(name, value));
            return;
        }

        // HTTP may join the values of one name with commas.
        foreach (var part in value.AsSpan().Split(','))
            destination.AddReceived(new RpcMetadataEntry(name, Decode(name, value.AsSpan()[part].Trim())));
    }

    private static byte[] Decode(string name, ReadOnlySpan<char> base64)
    {
        Span<char> padding = ['=', '=', '='];
        var bare = base64.TrimEnd('=');
        var text = string.Concat(bare, padding[..((4 - bare.Length % 4) % 4)]);
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException e)
        {
            throw new RpcException(RpcStatusCode.Internal, $"The value of '{name}' is not base64.", null, e);
        }
    }
}
