using System.Buffers.Binary;
using SpotifyCore.Codec.Flac;
using SpotifyCore.Import.Tags;

namespace SpotifyCore.Import.Parts;

/// <summary>Where the sound of a FLAC file is, and what form it has.</summary>
/// <param name="Start">The first byte of its first frame.</param>
/// <param name="End">Where the last frame ends.</param>
/// <param name="Info">What the file says of it.</param>
internal sealed record FlacSound(long Start, long End, FlacStreamInfo Info)
{
    private const int BlockHeader = 4;
    private const int InfoBlock = 0;
    private const int CommentBlock = 4;
    private const byte IsLast = 0x80;

    /// <summary>Finds it; null where it is no FLAC, or one of a form that is not decoded here.</summary>
    public static FlacSound? Find(Stream file)
    {
        var (at, end) = TagReader.FindContent(file);
        Span<byte> header = stackalloc byte[BlockHeader];
        if (!TryRead(file, at, header) || !header.SequenceEqual("fLaC"u8))
            return null;

        Span<byte> block = stackalloc byte[FlacStreamInfo.Size];
        FlacStreamInfo? info = null;
        do
        {
            at += BlockHeader;
            if (!TryRead(file, at, header))
                return null;

            var length = (int)(BinaryPrimitives.ReadUInt32BigEndian(header) & 0xFF_FFFF);
            at += BlockHeader;
            switch (header[0] & ~IsLast)
            {
                case InfoBlock when TryRead(file, at, block) && FlacStreamInfo.TryRead(block, out var read):
                    info = read;
                    break;
                case CommentBlock when IsPlaced(file, at, length):
                    return null;
            }

            at += length - BlockHeader;
        }
        while ((header[0] & IsLast) == 0);

        return info is { Samples: > 0 } known && FlacDecoder.Supports(known)
            ? new FlacSound(at + BlockHeader, end, known)
            : null;
    }

    // Where the only channel is elsewhere than in the middle it is mixed as ffmpeg does it.
    private static bool IsPlaced(Stream file, long at, int length)
    {
        var comment = new byte[Math.Max(0, Math.Min(length, file.Length - at))];
        return TryRead(file, at, comment)
            && comment.AsSpan().IndexOf("WAVEFORMATEXTENSIBLE_CHANNEL_MASK"u8) >= 0;
    }

    private static bool TryRead(Stream file, long at, Span<byte> bytes)
    {
        file.Position = Math.Min(at, file.Length);
        return file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;
    }
}
