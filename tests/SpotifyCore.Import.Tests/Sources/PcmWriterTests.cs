using SpotifyCore.Import.Sources;

namespace SpotifyCore.Import.Tests.Sources;

public sealed class PcmWriterTests : IDisposable
{
    private static readonly byte[] Sound =
        [.. Enumerable.Range(0, 8).SelectMany(static i => BitConverter.GetBytes(i / 8f))];

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    /// <summary>Decoders end within a sample, or between those of two channels, where they are ended.</summary>
    [Theory]
    [InlineData(1, false, 2)]
    [InlineData(2, false, 4)]
    [InlineData(1, true, 4)]
    [InlineData(2, true, 8)]
    public async Task Append_PartThatBreaksOffWithinAFrame_EndsWithTheFrameBefore(int channels, bool isFloat, int frame)
    {
        var whole = await WriteAsync(channels, isFloat, Sound[..(2 * frame)], Sound);

        for (var more = 1; more < frame; more++)
            Assert.Equal(whole, await WriteAsync(channels, isFloat, Sound[..((2 * frame) + more)], Sound));
    }

    private async Task<byte[]> WriteAsync(int channels, bool isFloat, params byte[][] parts)
    {
        using var writer = new PcmWriter(channels, isFloat, _scratch, new(new SourceFile("", "", 1)));
        foreach (var part in parts)
            await writer.AppendAsync(new MemoryStream(part), default);

        using var pcm = await writer.FinishAsync(default);
        var bytes = new byte[1024];
        return bytes[..pcm.Read(0, bytes)];
    }
}
