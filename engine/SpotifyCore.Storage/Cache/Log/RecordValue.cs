using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Storage.Cache.Log;

/// <summary>A chunk as the log stores it: 8 bytes of hash, 4 of length, 4 unused, 16 KiB of payload.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct RecordValue
{
    public const int HeaderSize = 16;

    public ulong Hash;
    public int Length;
    public int Unused;
    public Bytes Payload;

    [InlineArray(Manifest.ChunkSize)]
    internal struct Bytes
    {
        private byte _first;
    }
}
