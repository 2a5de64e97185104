using SpotifyCore.Content.Identity;

namespace SpotifyCore.Import.Sources;

/// <summary>
/// A track's samples on disk, 48 kHz, 16 bit, little-endian, interleaved: written once, then read by several
/// encoders at a time. Memory stays bounded whatever the track's length.
/// </summary>
internal sealed class PcmSpool : IDisposable
{
    private readonly FileStream _file;

    /// <summary>Takes a file that is written, with the hash of what is in it.</summary>
    public PcmSpool(FileStream file, int channels, byte[] hash)
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

    /// <summary>Reads from byte <paramref name="offset"/> on; any number of readers at once.</summary>
    public int Read(long offset, Span<byte> destination) =>
        RandomAccess.Read(_file.SafeFileHandle, destination, offset);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
