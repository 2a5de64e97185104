using System.Diagnostics;
using System.Runtime.InteropServices;
using SpotifyCore.Codec.Ogg;
using SpotifyCore.Codec.Opus;
using SpotifyCore.Codec.Tracks;
using SpotifyCore.Import.Sources;

namespace SpotifyCore.Import.Encoding;

/// <summary>
/// Encodes a track's samples to one file. The same samples by the same codec give the same bytes. Safe for many
/// threads.
/// </summary>
/// <param name="codec">The implementation of Opus.</param>
/// <param name="scratch">Room for the files.</param>
internal sealed class TrackEncoder(IOpusCodec codec, Scratch scratch)
{
    private const int BlockSize = 64 * 1024;

    /// <summary>Changes with all that changes a file's bytes.</summary>
    public string Settings { get; } = EncoderSettings.Describe(codec);

    /// <summary>Encodes; takes one core for as long as it lasts.</summary>
    public EncodedFile Encode(
        PcmSpool pcm, int bitsPerSecond, SourceProgress progress, CancellationToken cancellationToken)
    {
        var file = scratch.CreateFile();
        try
        {
            using var hashing = new HashingStream(file);
            using var encoder = codec.CreateEncoder(pcm.Channels, bitsPerSecond);
            var seeks = new SeekTable();
            var writer = new OpusFileWriter(hashing, encoder, OpusStreamInfo.For(pcm.Track, codec), seeks.Add);
            Copy(pcm, writer, progress, cancellationToken);
            writer.Finish();
            file.Flush();
            return new EncodedFile(file, bitsPerSecond, seeks, hashing.Finish());
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static void Copy(
        PcmSpool pcm, OpusFileWriter writer, SourceProgress progress, CancellationToken cancellationToken)
    {
        var block = new byte[BlockSize];
        var end = pcm.Samples * pcm.Channels * sizeof(short);
        for (var at = 0L; at < end;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var begun = Stopwatch.GetTimestamp();
            var wanted = (int)Math.Min(BlockSize, end - at);
            for (var filled = 0; filled < wanted;)
            {
                var read = pcm.Read(at + filled, block.AsSpan(filled, wanted - filled));
                filled += read > 0 ? read : throw new EndOfStreamException("The samples on disk end early.");
            }

            if (!BitConverter.IsLittleEndian)
                SwapBytes(block.AsSpan(0, wanted));

            writer.Write(MemoryMarshal.Cast<byte, short>(block.AsSpan(0, wanted)));
            progress.Encoded(wanted, Stopwatch.GetElapsedTime(begun));
            at += wanted;
        }
    }

    private static void SwapBytes(Span<byte> block)
    {
        for (var i = 0; i + 1 < block.Length; i += sizeof(short))
            (block[i], block[i + 1]) = (block[i + 1], block[i]);
    }
}
