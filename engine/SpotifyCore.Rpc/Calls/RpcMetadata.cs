using System.Buffers;
using System.Collections;
using System.Diagnostics.CodeAnalysis;
using SpotifyCore.Rpc.Wire;

namespace SpotifyCore.Rpc.Calls;

/// <summary>
/// Names and values that travel beside the messages: before the first (headers) or after the last (trailers).
/// Names are lower case; one that ends in "-bin" has bytes for a value, any other printable ASCII. A name may
/// occur several times. Not for several threads while it is being added to.
/// </summary>
[SuppressMessage("Naming", "CA1710", Justification = "Metadata is what gRPC calls it.")]
public sealed class RpcMetadata : IEnumerable<RpcMetadataEntry>
{
    internal const string BinarySuffix = "-bin";

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    private readonly List<RpcMetadataEntry> _entries = [];
    private readonly bool _frozen;

    /// <summary>Metadata without entries, to be added to.</summary>
    public RpcMetadata()
    {
    }

    private RpcMetadata(bool frozen) => _frozen = frozen;

    /// <summary>Metadata without entries that stays so.</summary>
    public static RpcMetadata Empty { get; } = new(frozen: true);

    /// <summary>Number of entries.</summary>
    public int Count => _entries.Count;

    /// <summary>Adds a text entry.</summary>
    /// <exception cref="ArgumentException">The name or the value can't travel, or the name is gRPC's own.</exception>
    public void Add(string name, string value)
    {
        ThrowIfUnusable(name);
        if (name.EndsWith(BinarySuffix, StringComparison.Ordinal))
            throw new ArgumentException($"The value of '{name}' must be bytes.", nameof(name));
        if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            throw new ArgumentException($"The value of '{name}' must be printable ASCII.", nameof(value));

        _entries.Add(new RpcMetadataEntry(name, value));
    }

    /// <summary>Adds a binary entry; <paramref name="value"/> is kept, not copied.</summary>
    /// <exception cref="ArgumentException">The name does not end in "-bin", or can't travel.</exception>
    public void Add(string name, ReadOnlyMemory<byte> value)
    {
        ThrowIfUnusable(name);
        if (!name.EndsWith(BinarySuffix, StringComparison.Ordinal))
            throw new ArgumentException($"'{name}' must end in '-bin' for its value to be bytes.", nameof(name));

        _entries.Add(new RpcMetadataEntry(name, value));
    }

    /// <summary>The last text value of a name, or null.</summary>
    public string? GetText(string name)
    {
        for (var i = _entries.Count - 1; i >= 0; i--)
        {
            if (_entries[i].Text is { } text && string.Equals(_entries[i].Name, name, StringComparison.Ordinal))
                return text;
        }

        return null;
    }

    /// <summary>The last binary value of a name, or null.</summary>
    public ReadOnlyMemory<byte>? GetBytes(string name)
    {
        for (var i = _entries.Count - 1; i >= 0; i--)
        {
            if (_entries[i].IsBinary && string.Equals(_entries[i].Name, name, StringComparison.Ordinal))
                return _entries[i].Bytes;
        }

        return null;
    }

    /// <summary>The entries in the order they were added.</summary>
    public List<RpcMetadataEntry>.Enumerator GetEnumerator() => _entries.GetEnumerator();

    IEnumerator<RpcMetadataEntry> IEnumerable<RpcMetadataEntry>.GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _entries.GetEnumerator();

    /// <summary>Adds what the other side sent; its values are not judged.</summary>
    internal void AddReceived(RpcMetadataEntry entry) => _entries.Add(entry);

    private void ThrowIfUnusable(string name)
    {
        if (_frozen)
            throw new InvalidOperationException("The empty metadata stays empty.");
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(NameCharacters))
            throw new ArgumentException($"'{name}' is no metadata name: a-z, 0-9, '-', '_', '.'.", nameof(name));
        if (GrpcHeaders.IsReserved(name))
            throw new ArgumentException($"'{name}' belongs to the protocol.", nameof(name));
    }
}
