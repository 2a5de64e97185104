using SpotifyCore.Codec.Opus;

namespace SpotifyCore.Codec.Tests.Opus;

[Trait("Needs", "libopus")]
public sealed class OpusCodecsTests
{
    [Theory]
    [InlineData(OpusCodecChoice.Auto, "libopus")]
    [InlineData(OpusCodecChoice.Native, "libopus")]
    [InlineData(OpusCodecChoice.Managed, "Concentus")]
    public void Select_WhereLibopusIsInstalled_GivesWhatWasChosenWithoutANotice(OpusCodecChoice choice, string name)
    {
        Assert.StartsWith(name, OpusCodecs.Select(choice).Version, StringComparison.Ordinal);
        Assert.Null(OpusCodecs.NoticeOf(choice));
    }
}
