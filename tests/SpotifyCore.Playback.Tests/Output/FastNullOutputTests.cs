using SpotifyCore.Playback.Output;

namespace SpotifyCore.Playback.Tests.Output;

public sealed class FastNullOutputTests : AudioOutputContract
{
    [Fact]
    public void Write_Blocks_AreCounted()
    {
        using var output = new FastNullOutput();

        output.Write(new float[960 * 2]);
        output.Write(new float[100 * 2]);

        Assert.Equal(1_060, output.Samples);
    }

    protected override IAudioOutput Open() => new FastNullOutput();
}
