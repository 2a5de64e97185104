using SpotifyCore.Playback.Output;
using SpotifyCore.Testing;

namespace SpotifyCore.Playback.Tests.Output;

/// <summary>What every output promises.</summary>
public abstract class AudioOutputContract
{
    private const int Block = 960 * AudioFormat.Channels;

    [Fact]
    public void Write_MoreThanAnyBuffer_TakesAll()
    {
        using var output = Open();

        output.Write(new float[48_000 * AudioFormat.Channels]);
        Assert.InRange(output.Pending, 0, 48_000);
        output.Drain();

        Assert.Equal(0, output.Pending);
    }

    [Fact]
    public void Write_Nothing_ChangesNothing()
    {
        using var output = Open();

        output.Write([]);

        Assert.Equal(0, output.Pending);
    }

    [Fact]
    public void Pending_NotRealTime_IsAlwaysZero()
    {
        using var output = Open();

        output.Write(new float[Block]);

        Assert.True(output.IsRealTime || output.Pending == 0);
    }

    [Fact]
    public void Flush_AfterWrite_LeavesNothingPending()
    {
        using var output = Open();
        output.Write(new float[Block]);

        output.Flush();

        Assert.Equal(0, output.Pending);
        output.Write(new float[Block]);
        output.Drain();
    }

    [Fact]
    public void SetPaused_WithSoundPending_KeepsItUntilResumed()
    {
        using var output = Open();
        output.SetPaused(true);
        output.SetPaused(true);
        output.Write(new float[Block]);

        Assert.Equal(output.IsRealTime ? 960 : 0, output.Pending);
        output.SetPaused(false);
        output.Drain();

        Assert.Equal(0, output.Pending);
    }

    [Fact]
    public void Write_SteadyState_DoesNotAllocate()
    {
        using var output = Open();
        output.Write(new float[48_000 * AudioFormat.Channels]);
        var block = new float[96];
        AllocationAssert.None(() => output.Write(block));
    }

    [Fact]
    public void Dispose_Twice_IsHarmless()
    {
        var output = Open();
        output.Write(new float[Block]);
        output.Dispose();
        output.Dispose();
    }

    protected abstract IAudioOutput Open();
}
