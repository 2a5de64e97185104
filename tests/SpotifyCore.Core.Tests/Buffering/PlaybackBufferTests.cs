using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Core.Buffering;

namespace SpotifyCore.Core.Tests.Buffering;

public sealed class PlaybackBufferTests
{
    private const int ChunkSamples = 38_400;

    private readonly Manifest _manifest = Write(chunks: 10);
    private readonly PlaybackBuffer _buffer;

    public PlaybackBufferTests() => _buffer = new PlaybackBuffer(_manifest, window: 4);

    [Fact]
    public void Wants_OnlyTheWindow_AndEachChunkOnce()
    {
        Assert.Equal([0u, 1u, 2u, 3u], Wanted());
        _buffer.Give(2);
        Assert.Equal([0u, 1u, 3u], Wanted());
    }

    [Fact]
    public void GivenTo_OutOfOrder_StopsAtTheGap()
    {
        _buffer.Give(1);
        Assert.Equal(0u, _buffer.GivenTo);
        _buffer.Give(0);
        Assert.Equal(2u, _buffer.GivenTo);
    }

    [Fact]
    public void TryAdvance_UsedChunks_MoveTheWindow()
    {
        Give(0, 1, 3);
        Assert.True(_buffer.TryAdvance(2, ChunkSamples));

        Assert.Equal([2u, 4u, 5u], Wanted());
        Assert.Equal(2u, _buffer.GivenTo);
    }

    [Theory]
    [InlineData(3u)] // Past what was given: a report from before a seek.
    [InlineData(0u)] // Backwards.
    public void TryAdvance_ReportThatCannotBeTrue_ChangesNothing(uint next)
    {
        Give(0, 1);
        Assert.True(_buffer.TryAdvance(1, 100));

        Assert.False(_buffer.TryAdvance(next, 999));
        Assert.Equal((1u, 100L), (_buffer.Next, _buffer.Sample));
    }

    [Fact]
    public void Reposition_WantsItsWholeWindowAgain()
    {
        Give(0, 1, 2, 3);
        _buffer.Reposition(2, 2 * ChunkSamples);

        Assert.Equal([2u, 3u, 4u, 5u], Wanted());
    }

    [Fact]
    public void Buffered_IsWhatSoundsUpToTheGap()
    {
        Give(0, 1, 3);
        Assert.Equal(2 * ChunkSamples - _manifest.PreSkip, _buffer.Buffered.TotalSeconds * 48_000, 1.0);
    }

    [Fact]
    public void Window_AtTheEnd_EndsWithTheFile()
    {
        _buffer.Reposition(8, 8 * ChunkSamples);
        Assert.Equal(10u, _buffer.WindowEnd);
        Give(8, 9);
        Assert.Equal(10u, _buffer.GivenTo);
        Assert.True(_buffer.TryAdvance(10, _manifest.Samples));
        Assert.Empty(Wanted());
    }

    [Fact]
    public void Window_WidestOneFull_ShiftsOutWhole()
    {
        var buffer = new PlaybackBuffer(Write(chunks: 100), PlaybackBuffer.MaxWindow);
        for (var i = 0u; i < 64; i++)
            buffer.Give(i);

        Assert.Equal(64u, buffer.GivenTo);
        Assert.True(buffer.TryAdvance(64, 1));
        Assert.Equal(64u, buffer.GivenTo);
    }

    private static Manifest Write(int chunks)
    {
        var writer = new ManifestWriter();
        var chunk = new byte[Manifest.ChunkSize];
        for (var i = 0; i < chunks; i++)
            writer.Add(chunk, new SeekPoint(0, (ulong)(i * ChunkSamples)));

        return writer.Finish(new AudioProperties(new TrackId(1), 160_000, (chunks * ChunkSamples) - 312, 312, 0, 1));
    }

    private void Give(params uint[] chunks)
    {
        foreach (var chunk in chunks)
            _buffer.Give(chunk);
    }

    private uint[] Wanted() => [.. Enumerable.Range(0, 10).Select(i => (uint)i).Where(_buffer.Wants)];
}
