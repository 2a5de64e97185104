using System.Numerics;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Time;
using SpotifyCore.Core;
using SpotifyCore.Core.Downloads;

namespace SpotifyCore.Simulation.Clients;

/// <summary>One play as the player knows it: its feed, without bytes, and what a listener heard of it.</summary>
internal sealed class SimPlay(PlayId id, int track)
{
    // Bit i: the feed holds chunk Next + i.
    private ulong _given;

    // The first chunk that the core has not been told of as used up.
    private uint _told;

    public PlayId Id { get; } = id;

    public int Track { get; } = track;

    /// <summary>Times the feed was moved.</summary>
    public int Epoch { get; private set; }

    /// <summary>The file's manifest; null until it is opened.</summary>
    public Manifest? Manifest { get; private set; }

    /// <summary>Where its bytes came from, as the ports saw it.</summary>
    public PlayBytes Bytes { get; private set; } = new(chunks: 0);

    /// <summary>True once it was what the listener listens to, or waits for.</summary>
    public bool IsCurrent { get; set; }

    public bool IsClick { get; set; }

    public Instant Since { get; set; }

    /// <summary>Since when its listener has waited, where an earlier play of the same was given up.</summary>
    public Instant? WaitedSince { get; set; }

    /// <summary>True when it goes on with what a click had replaced that never sounded, or what is tried again.</summary>
    public bool HasComeBack { get; set; }

    /// <summary>When its first PCM was handed to the output.</summary>
    public Instant? SoundedAt { get; set; }

    /// <summary>True while the player has it.</summary>
    public bool IsLoaded { get; set; }

    /// <summary>True once the player has let go of it: its feed takes nothing more.</summary>
    public bool IsLetGo { get; set; }

    /// <summary>True when the core moved it after the player had let go of it, of which it could not know.</summary>
    public bool IsMovedTooLate { get; set; }

    /// <summary>What the core says of it at its end; null before.</summary>
    public PlayStatistics? Claimed { get; set; }

    /// <summary>True once the core has forgotten it: its feed gets no more.</summary>
    public bool IsClosed => Claimed is not null;

    public bool IsComplete { get; set; }

    public DeliveryFailure Failure { get; set; }

    public bool TrackerFound { get; set; }

    public bool OverlayFound { get; set; }

    public int Stutters { get; private set; }

    public TimeSpan StutterTime { get; private set; }

    public TimeSpan LongestStutter { get; private set; }

    public TimeSpan Listened { get; set; }

    /// <summary>Samples of that, per channel.</summary>
    public long Samples => Listened.Ticks * 48_000 / TimeSpan.TicksPerSecond;

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

    /// <summary>The first chunk that is missing behind those.</summary>
    public uint Lacks => Next + (uint)Ready;

    /// <summary>True when the player has used up all.</summary>
    public bool IsUsedUp => Manifest is not null && (Next >= Manifest.ChunkCount || Sample >= Manifest.Samples);

    /// <summary>True when nothing is left to sound, and nothing more will come.</summary>
    public bool IsCutShort => IsClosed && Ready == 0 && !IsInChunk;

    /// <summary>Takes a chunk; false when the feed does not take it.</summary>
    public bool TryGive(uint chunk, int window)
    {
        if (Manifest is null || IsLetGo || chunk < Next || chunk >= Manifest.ChunkCount || chunk - Next >= window)
            return false;

        var bit = 1ul << (int)(chunk - Next);
        var taken = (_given & bit) == 0;
        _given |= bit;
        return taken;
    }

    /// <summary>The track is open.</summary>
    public void Open(Manifest manifest) => (Manifest, Bytes) = (manifest, new PlayBytes(manifest.ChunkCount));

    public void UseUp(int chunks)
    {
        for (var i = 0u; i < chunks; i++)
            Bytes.Play(Next + i, Manifest!.LengthOf(Next + i));

        _given = chunks >= 64 ? 0 : _given >> chunks;
        Next += (uint)chunks;
    }

    /// <summary>The core hears how far the player is.</summary>
    public void Tell()
    {
        for (; _told < Next; _told++)
            Bytes.Tell(_told, Manifest!.LengthOf(_told));
    }

    /// <summary>It is to begin anew, with a feed of its own.</summary>
    public void BeginAnew()
    {
        Reposition(0, 0);
        (IsLetGo, SoundedAt) = (false, null);
    }

    /// <summary>The feed is emptied and begins elsewhere.</summary>
    public void Reposition(uint chunk, long sample)
    {
        Epoch++;
        (_given, _told) = (0, chunk);
        (Next, Sample, IsInChunk) = (chunk, sample, false);
    }

    /// <summary>The sample, as a listener counts, with which a chunk begins.</summary>
    public long FirstSampleOf(uint chunk) => PlaybackPoint.FirstSampleOf(Manifest!, chunk) - Manifest!.PreSkip;

    public void NoteStutter(TimeSpan dry)
    {
        Stutters++;
        StutterTime += dry;
        LongestStutter = dry > LongestStutter ? dry : LongestStutter;
    }

    public PlayRecord ToRecord(SimClient client) => new()
    {
        Client = client,
        Play = Id,
        Track = Track,
        IsCurrent = IsCurrent || IsClick,
        IsClick = IsClick,
        Since = Since,
        Start = SoundedAt - Since,
        Stutters = Stutters,
        StutterTime = StutterTime,
        LongestStutter = LongestStutter,
        Listened = Listened,
        IsComplete = IsComplete,
        Failure = Failure,
        TrackerFound = TrackerFound,
        OverlayFound = OverlayFound,
        Bytes = Bytes,
        Claimed = Claimed!,
    };
}
