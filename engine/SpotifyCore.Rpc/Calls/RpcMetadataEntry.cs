namespace SpotifyCore.Rpc.Calls;

/// <summary>One entry of <see cref="RpcMetadata"/>: text, or bytes when the name ends in "-bin".</summary>
public readonly record struct RpcMetadataEntry
{
    internal RpcMetadataEntry(string name, string text)
    {
        Name = name;
        Text = text;
        Bytes = default;
    }

    internal RpcMetadataEntry(string name, ReadOnlyMemory<byte> bytes)
    {
        Name = name;
        Text = null;
        Bytes = bytes;
    }

    /// <summary>The name, in lower case.</summary>
    public string Name { get; }

    /// <summary>The value of a text entry, else null.</summary>
    public string? Text { get; }

    /// <summary>The value of a binary entry, else empty.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Whether the value is bytes.</summary>
    public bool IsBinary => Text is null;
}
