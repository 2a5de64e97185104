using SpotifyCore.Codec.Tracks;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Downloads;

namespace SpotifyCore.Core.Tests.World;

/// <summary>
/// The player of one play, without sound: takes chunks in order, at the pace of the music or at once, and notices
/// gaps.
/// </summary>
public sealed class Ear(NetWorld world, PlayId play, Manifest manifest, bool paced)
{
    private const long RebufferSamples = 48_000 / 5;

    private readonly HashSet<uint> _feed = [];
    private Instant _dryAt;
    private bool _isDry;
    private bool _isRunning;
    private bool _isCurrent;
    private bool _isPaused;
    private int _epoch;

    public PlayId Play { get; } = play;

    public Manifest Manifest { get; } = manifest;

    public uint Next { get; private set; }

    public long Sample { get; private set; }

    public bool IsReady { get; private set; }

    public bool IsEnded { get; private set; }

    public int Stutters { get; private set; }

    public int Deliveries { get; private set; }

    public Instant ChosenAt { get; set; }

    public TimeSpan? StartTime { get; private set; }

    public void Deliver(uint chunk)
    {
        Assert.InRange(chunk, Next, Math.Min(Next + (uint)world.Options.FeedWindow, Manifest.ChunkCount) - 1);
        Assert.True(_feed.Add(chunk), $"Chunk {chunk} was delivered twice.");
        Deliveries++;
        Poke();
    }

    public void Reposition(uint chunk, long sample)
    {
        var target = Math.Clamp(sample, 0, Manifest.Samples - 1);
        Assert.Equal(SeekPlan.For(Manifest, target).Chunk, chunk);
        Interrupt();
        _feed.Clear();
        (Next, Sample, IsEnded, _isDry) = (chunk, target, false, false);
    }

    public void Ready()
    {
        IsReady = true;
        Poke();
    }

    /// <summary>A click on a play that was prepared: its feed begins anew.</summary>
    public void Restart()
    {
        Interrupt();
        _feed.Clear();
        (Next, Sample, IsReady) = (0, 0, false);
    }

    public void MakeCurrent()
    {
        _isCurrent = true;
        Poke();
    }

    public void SetPaused(bool paused)
    {
        _isPaused = paused;
        _isDry = false;
        Interrupt();
        Poke();
    }

    public void Interrupt()
    {
        _epoch++;
        _isRunning = false;
    }

    private void Poke()
    {
        if (!IsReady || !_isCurrent || _isPaused || IsEnded || _isRunning)
            return;

        if (!HasEnough())
            return;

        if (StartTime is null)
        {
            StartTime = world.Clock.Now - ChosenAt;
            world.Sounds(this);
        }

        if (paced && _isDry && world.Clock.Now - _dryAt > TimeSpan.FromMilliseconds(10))
            Stutters++;

        (_isDry, _isRunning) = (false, true);
        var epoch = _epoch;
        world.Clock.After(TimeSpan.Zero, () => Sounded(epoch, Sample));
    }

    /// <summary>After silence the player wants some music before it goes on.</summary>
    private bool HasEnough()
    {
        var to = Next;
        while (_feed.Contains(to))
            to++;

        var music = PlaybackPoint.FirstSampleOf(Manifest, to) - Manifest.PreSkip - Sample;
        return to == Manifest.ChunkCount || (to > Next && music >= RebufferSamples);
    }

    /// <summary>All up to a sample has sounded: uses the next chunk up.</summary>
    private void Sounded(int epoch, long sample)
    {
        if (epoch != _epoch)
            return;

        Sample = Math.Max(Sample, sample);
        if (Next == Manifest.ChunkCount)
        {
            IsEnded = true;
            world.Ended(this);
            return;
        }

        if (!_feed.Remove(Next))
        {
            (_isRunning, _isDry, _dryAt) = (false, true, world.Clock.Now);
            return;
        }

        Next++;
        var end = PlaybackPoint.FirstSampleOf(Manifest, Next) - Manifest.PreSkip;
        var sounds = paced ? TimeSpan.FromSeconds(Math.Max(0, end - Sample) / 48_000.0) : TimeSpan.FromTicks(10);
        world.Advanced(this);
        world.Clock.After(sounds, () => Sounded(epoch, end));
    }
}
