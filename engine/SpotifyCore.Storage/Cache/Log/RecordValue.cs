using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Storage.Cache.Log;

/// <summary>
/// A chunk as the log stores it: 8 bytes of hash, 4 of length, 20 unused so that payloads begin on a cache line,
/// which
/// makes copying them a good deal faster; 16 KiB of payload.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct RecordValue
{
    public const int HeaderSize = 32;

    public ulong Hash;
    public int Length;
    public Padding Unused;
    public Bytes Payload;

    [InlineArray(HeaderSize - sizeof(ulong) - sizeof(int))]
    internal struct Padding
    {
        private byte _first;
    }

    [InlineArray(Manifest.ChunkSize)]
    internal struct Bytes
    {
        private byte _first;
    }
}
