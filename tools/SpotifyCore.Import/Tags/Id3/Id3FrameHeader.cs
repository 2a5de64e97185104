using System.Buffers.Binary;
using SpotifyCore.Import.Tags.Texts;

namespace SpotifyCore.Import.Tags.Id3;

/// <summary>The header of a frame.</summary>
/// <param name="Id">Its four letters, those of versions 2.3 and 2.4.</param>
/// <param name="Length">Bytes of the frame behind the header.</param>
/// <param name="Format">Flags of how it is stored.</param>
internal readonly record struct Id3FrameHeader(string Id, uint Length, byte Format)
{
    /// <summary>Length of the form in version 2.2: id 3, size 3.</summary>
    private const int OldSize = 6;

    /// <summary>Length of the form since: id 4, size 4, flags 2.</summary>
    private const int NewSize = 10;

    /// <summary>Length of the form.</summary>
    public static int SizeIn(int version) => version == 2 ? OldSize : NewSize;

    /// <summary>Reads a header; false for padding and for whatever else is no frame.</summary>
    /// <param name="bytes">The header's bytes.</param>
    /// <param name="version">2, 3 or 4.</param>
    /// <param name="isSizePlain">Whether version 2.4's sizes are written with 8 bits a byte, as some did.</param>
    /// <param name="header">The header.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, int version, bool isSizePlain, out Id3FrameHeader header)
    {
        header = default;
        var letters = bytes[..(version == 2 ? 3 : 4)];

        // Some wrote the three letters of 2.2 into the four of 2.3.
        if (version > 2 && letters[3] is 0 or (byte)' ')
            letters = letters[..3];
        if (letters.ContainsAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"u8))
            return false;

        var length = version == 2
            ? (uint)((bytes[3] << 16) | (bytes[4] << 8) | bytes[5])
            : BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        if (version == 4 && !isSizePlain)
        {
            if (!Id3v2Header.TryReadSyncSafe(bytes[4..], out var safe))
                return false;

            length = (uint)safe;
        }

        var id = Windows1252.Decode(letters);
        header = new Id3FrameHeader(
            id.Length == 3 ? Id3FrameNames.Modern(id) : id, length, version == 2 ? (byte)0 : bytes[9]);
        return true;
    }
}
