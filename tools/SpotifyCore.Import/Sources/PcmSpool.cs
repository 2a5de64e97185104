using System.Diagnostics;
using System.Security.Cryptography;
using SpotifyCore.Content.Identity;
using SpotifyCore.Import.Encoding;

namespace SpotifyCore.Import.Sources;

/// <summary>
/// A track's samples on disk, 48 kHz, 16 bit, little-endian, interleaved: written once, then read by several
/// encoders at a time. Memory stays bounded whatever the track's length.
/// </summary>
internal sealed class PcmSpool : IDisposable
{
    private const int BufferSize = 256 * 1024;

    private readonly FileStream _file;

    private PcmSpool(FileStream file, int channels, byte[] hash)
    {
        _file = file;
        Channels = channels;
        Track = TrackId.FromHash(hash);
        Samples = file.Length / (sizeof(short) * channels);
    }

    /// <summary>1 or 2.</summary>
    public int Channels { get; }

    /// <summary>Samples per channel.</summary>
    public long Samples { get; }

    /// <summary>The recording: the hash of the samples.</summary>
    public TrackId Track { get; }

    /// <summary>How long it sounds.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(Samples / 48_000.0);

    /// <summary>Takes all that <paramref name="samples"/> brings, and says so to <paramref name="progress"/>.</summary>
    public static async Task<PcmSpool> FillAsync(
        Stream samples, int channels, Scratch scratch, SourceProgress progress, CancellationToken cancellationToken)
    {
        var file = scratch.CreateFile();
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[BufferSize];
            var begun = Stopwatch.GetTimestamp();
            while (await ReadBlockAsync(samples, buffer, cancellationToken) is > 0 and var read)
            {
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                progress.Decoded(read, Stopwatch.GetElapsedTime(begun));
                begun = Stopwatch.GetTimestamp();
            }

            await file.FlushAsync(cancellationToken);
            return new PcmSpool(file, channels, hash.GetHashAndReset());
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads from byte <paramref name="offset"/> on; any number of readers at once.</summary>
    public int Read(long offset, Span<byte> destination) =>
        RandomAccess.Read(_file.SafeFileHandle, destination, offset);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static ValueTask<int> ReadBlockAsync(Stream samples, byte[] buffer, CancellationToken cancellationToken) =>
        samples.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
}
