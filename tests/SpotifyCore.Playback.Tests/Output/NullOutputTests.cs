using SpotifyCore.Playback.Output;
using SpotifyCore.Testing;

namespace SpotifyCore.Playback.Tests.Output;

public sealed class NullOutputTests : AudioOutputContract
{
    private static readonly TimeSpan Buffer = TimeSpan.FromMilliseconds(200);

    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void Pending_AsTimePasses_FallsAtTheSampleRate()
    {
        using var output = new NullOutput(Buffer, _clock);
        output.Write(Samples(4_800));

        _clock.Advance(TimeSpan.FromMilliseconds(30));
        Assert.Equal(3_360, output.Pending);
        _clock.Advance(TimeSpan.FromMilliseconds(500));

        Assert.Equal(0, output.Pending);
    }

    [Fact]
    public void Write_AfterRunningDry_StartsAnew()
    {
        using var output = new NullOutput(Buffer, _clock);
        output.Write(Samples(480));
        _clock.Advance(TimeSpan.FromSeconds(1));

        output.Write(Samples(960));

        Assert.Equal(960, output.Pending);
    }

    [Fact]
    public async Task Write_BufferFull_WaitsUntilItFits()
    {
        // Far more than the real time for which it waits at most, which a busy machine may take for anything.
        using var output = new NullOutput(TimeSpan.FromSeconds(10), _clock);
        var start = _clock.GetTimestamp();
        var written = Task.Run(() => output.Write(Samples(50 * 48_000)));
        while (!written.IsCompleted && _clock.GetElapsedTime(start) < TimeSpan.FromSeconds(40))
            _clock.AdvanceToNextTimer();

        await written.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(TimeSpan.FromSeconds(40), _clock.GetElapsedTime(start));
        Assert.Equal(10 * 48_000, output.Pending);
    }

    [Fact]
    public void SetPaused_TimePasses_HoldsWhatIsPending()
    {
        using var output = new NullOutput(Buffer, _clock);
        output.Write(Samples(4_800));
        output.SetPaused(true);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(4_800, output.Pending);

        output.SetPaused(false);
        _clock.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal(2_400, output.Pending);
    }

    [Fact]
    public void Write_PausedAndFull_ThrowsRatherThanWaitForEver()
    {
        using var output = new NullOutput(Buffer, _clock);
        output.SetPaused(true);

        Assert.Throws<InvalidOperationException>(() => output.Write(Samples(48_000)));
    }

    protected override IAudioOutput Open() => new NullOutput(Buffer, new ManualTimeProvider { AutoAdvance = true });

    private static float[] Samples(int count) => new float[count * AudioFormat.Channels];
}
