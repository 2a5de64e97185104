using System.Runtime.CompilerServices;

namespace SpotifyCore.Content.Sealing;

/// <summary>A file's AES-128 key. Held by value, never printed.</summary>
[InlineArray(Size)]
public struct ContentKey
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 16;

    private byte _first;

    /// <summary>Copies a key out of <paramref name="source"/>, which must hold exactly 16 bytes.</summary>
    public static ContentKey Read(ReadOnlySpan<byte> source)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Length, Size);
        var key = default(ContentKey);
        source.CopyTo(key);
        return key;
    }

    /// <summary>Hides the bytes from logs.</summary>
    public override readonly string ToString() => "(key)";
}
