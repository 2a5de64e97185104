using System.Numerics;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Time;
using SpotifyCore.Delivery.Downloads;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Harness.Clients;

/// <summary>One play as shell and player know it: its feed, without bytes, and what a listener heard of it.</summary>
internal sealed class SimPlay(PlayId id, int track)
{
    // Bit i: the feed holds chunk Next + i.
    private ulong _given;

    public PlayId Id { get; } = id;

    public int Track { get; } = track;

    public Manifest? Manifest { get; set; }

    public bool IsCurrent { get; set; }

    public bool IsClick { get; set; }

    public Instant Since { get; set; }

    public TimeSpan? Start { get; set; }

    /// <summary>True once the core lets it sound.</summary>
    public bool MaySound { get; set; }

    public bool IsComplete { get; set; }

    public DeliveryFailure Failure { get; set; }

    public bool TrackerFound { get; set; }

    public bool OverlayFound { get; set; }

    public int Stutters { get; private set; }

    public TimeSpan StutterTime { get; private set; }

    public TimeSpan LongestStutter { get; private set; }

    public TimeSpan Listened { get; set; }

    /// <summary>The first chunk that the player has not used up.</summary>
    public uint Next { get; private set; }

    /// <summary>The sample, as a listener counts, that was handed to the output last.</summary>
    public long Sample { get; set; }

    /// <summary>True while the chunk before <see cref="Next"/> is still sounding.</summary>
    public bool IsInChunk { get; set; }

    /// <summary>True from a seek to the next sound: silence is then no stutter.</summary>
    public bool IsSeeking { get; set; }

    /// <summary>Chunks that the feed holds from <see cref="Next"/> on, without a gap.</summary>
    public int Ready => BitOperations.TrailingZeroCount(~_given);

    /// <summary>True when the player has used up all.</summary>
    public bool IsUsedUp => Manifest is not null && Next >= Manifest.ChunkCount;

    /// <summary>Takes a chunk; false when the feed does not take it.</summary>
    public bool TryGive(uint chunk, int window)
    {
        if (Manifest is null || chunk < Next || chunk >= Manifest.ChunkCount || chunk - Next >= window)
            return false;

        var bit = 1ul << (int)(chunk - Next);
        var taken = (_given & bit) == 0;
        _given |= bit;
        return taken;
    }

    public void UseUp(int chunks)
    {
        _given = chunks >= 64 ? 0 : _given >> chunks;
        Next += (uint)chunks;
    }

    /// <summary>The feed is emptied and begins elsewhere.</summary>
    public void Reposition(uint chunk, long sample)
    {
        _given = 0;
        (Next, Sample, IsInChunk, IsComplete) = (chunk, sample, false, false);
    }

    /// <summary>The sample, as a listener counts, with which a chunk begins.</summary>
    public long FirstSampleOf(uint chunk) => PlaybackPoint.FirstSampleOf(Manifest!, chunk) - Manifest!.PreSkip;

    public void NoteStutter(TimeSpan dry)
    {
        Stutters++;
        StutterTime += dry;
        LongestStutter = dry > LongestStutter ? dry : LongestStutter;
    }

    public PlayRecord ToRecord(SimClient client, PlayStatistics bytes) => new()
    {
        Client = client,
        Play = Id,
        Track = Track,
        IsCurrent = IsCurrent,
        IsClick = IsClick,
        Since = Since,
        Start = Start,
        Stutters = Stutters,
        StutterTime = StutterTime,
        LongestStutter = LongestStutter,
        Listened = Listened,
        IsComplete = IsComplete,
        Failure = Failure,
        TrackerFound = TrackerFound,
        OverlayFound = OverlayFound,
        Bytes = bytes,
    };
}
