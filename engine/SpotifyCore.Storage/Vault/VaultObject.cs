using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Storage.Vault;

/// <summary>
/// A whole file of the vault, open. Form, little-endian: "SCV1"; u32 length of the manifest; the manifest; zeros up
/// to
/// the next multiple of 4096; the sealed chunks in order.
/// </summary>
internal sealed class VaultObject(SafeFileHandle handle, Manifest manifest) : IDisposable
{
    private const uint Magic = 0x31564353;
    private const int PrefixSize = 8;
    private const int Alignment = 4096;
    private const int MaxManifest =
        Manifest.HeaderSize + (int)(Manifest.MaxLength / Manifest.ChunkSize * Manifest.EntrySize);

    private readonly long _dataAt = DataAt(manifest);

    public SafeFileHandle Handle => handle;

    public Manifest Manifest => manifest;

    /// <summary>When it was last used, in uses of the vault.</summary>
    public long LastUse { get; set; }

    /// <summary>True when the file is as long as its manifest says.</summary>
    public bool HasWholeLength => RandomAccess.GetLength(handle) == _dataAt + manifest.Length;

    /// <summary>Where a chunk begins in the file.</summary>
    public long OffsetOf(uint index) => _dataAt + ((long)index * Manifest.ChunkSize);

    /// <summary>The part of a file before its chunks.</summary>
    public static byte[] HeadOf(Manifest manifest)
    {
        var head = new byte[DataAt(manifest)];
        BinaryPrimitives.WriteUInt32LittleEndian(head, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4), manifest.Bytes.Length);
        manifest.Bytes.Span.CopyTo(head.AsSpan(PrefixSize));
        return head;
    }

    /// <summary>Reads the head; null when it is damaged or another file's.</summary>
    public static VaultObject? TryOpen(SafeFileHandle handle, FileId file)
    {
        Span<byte> prefix = stackalloc byte[PrefixSize];
        if (RandomAccess.Read(handle, prefix, 0) < PrefixSize
            || BinaryPrimitives.ReadUInt32LittleEndian(prefix) != Magic)
            return null;

        var length = BinaryPrimitives.ReadInt32LittleEndian(prefix[4..]);
        if (length is < Manifest.HeaderSize or > MaxManifest)
            return null;

        var bytes = new byte[length];
        return RandomAccess.Read(handle, bytes, PrefixSize) == length
            && ManifestReader.TryRead(bytes, file, out var manifest)
            ? new VaultObject(handle, manifest)
            : null;
    }

    public void Dispose() => handle.Dispose();

    private static long DataAt(Manifest manifest) =>
        (PrefixSize + (long)manifest.Bytes.Length + Alignment - 1) / Alignment * Alignment;
}
