using System.Numerics;
using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Core.Buffering;

/// <summary>
/// What a play's feed holds, as whoever fills it knows: the window of chunks that the feed takes, which of them it was
/// given, and how much music that is. The mirror of a <c>ChunkFeed</c>, without its bytes. Owned by one loop.
/// </summary>
internal sealed class PlaybackBuffer
{
    /// <summary>Widest window.</summary>
    public const int MaxWindow = 64;

    private readonly Manifest _manifest;
    private readonly int _window;

    // Bit i: the feed was given chunk Next + i.
    private ulong _given;

    /// <summary>Begins at the start of a file, with nothing given.</summary>
    /// <param name="manifest">The file.</param>
    /// <param name="window">Chunks that the feed takes from the first unused one on.</param>
    public PlaybackBuffer(Manifest manifest, int window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(window, MaxWindow);
        _manifest = manifest;
        _window = window;
        Sample = manifest.PreSkip;
    }

    /// <summary>The first chunk that the player has not used up.</summary>
    public uint Next { get; private set; }

    /// <summary>The sample handed to the output last, pre-skip included.</summary>
    public long Sample { get; private set; }

    /// <summary>The chunk after the last one that the feed takes now.</summary>
    public uint WindowEnd => (uint)Math.Min(_manifest.ChunkCount, (long)Next + _window);

    /// <summary>The first chunk from <see cref="Next"/> on that the feed was not given.</summary>
    public uint GivenTo => Math.Min(_manifest.ChunkCount, Next + (uint)BitOperations.TrailingZeroCount(~_given));

    /// <summary>Music that the feed holds without a gap, from the playback point on.</summary>
    public TimeSpan Buffered
    {
        get
        {
            var to = GivenTo;
            var end = to == _manifest.ChunkCount
                ? _manifest.PreSkip + _manifest.Samples
                : (long)_manifest.SeekPointOf(to).Sample;
            return new TimeSpan(Math.Max(0, end - Sample) * TimeSpan.TicksPerSecond / 48_000);
        }
    }

    /// <summary>True when the feed takes the chunk now and was not given it.</summary>
    public bool Wants(uint chunk) => chunk >= Next && chunk < WindowEnd && (_given & (1ul << (int)(chunk - Next))) == 0;

    /// <summary>The feed was given a chunk that it wanted.</summary>
    public void Give(uint chunk) => _given |= 1ul << (int)(chunk - Next);

    /// <summary>
    /// The player has used up the chunks before <paramref name="next"/>. False, with nothing changed, for a report that
    /// can't be true (any more): it would move back, or past what was given.
    /// </summary>
    public bool TryAdvance(uint next, long sample)
    {
        if (next < Next || next > GivenTo)
            return false;

        var used = (int)(next - Next);
        _given = used >= MaxWindow ? 0 : _given >> used;
        Next = next;
        Sample = sample;
        return true;
    }

    /// <summary>The player went elsewhere: the window moves and all of it is to be given again.</summary>
    public void Reposition(uint chunk, long sample)
    {
        _given = 0;
        Next = chunk;
        Sample = sample;
    }
}
