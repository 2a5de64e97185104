using SpotifyCore.Backend.Streams;

namespace SpotifyCore.Backend.Tests.Streams;

/// <summary>Who wins, of each pair: the device that has the stream, and another one that wants it.</summary>
public sealed class StreamRulesTests
{
    private const long Now = 1_000_000_000;

    [Theory]
    [InlineData("opened", "")]
    [InlineData("clicked just now", "plays on")]
    [InlineData("clicked a while ago", "")]
    [InlineData("plays", "plays on")]
    [InlineData("paused", null)]
    public void Keeps_OfEachHolder_IsFromWhatNobodyAskedForAlone(string holder, string? keptFrom)
    {
        var had = holder switch
        {
            "opened" => Holder(StreamState.Opened, Now + StreamRules.OpenedFor),
            "clicked just now" => Holder(StreamState.Clicked, Now + StreamRules.OpenedFor - StreamRules.ClickFor + 1),
            "clicked a while ago" => Holder(StreamState.Clicked, Now + StreamRules.OpenedFor - StreamRules.ClickFor),
            "plays" => Holder(StreamState.Playing, Now + 1),
            _ => Holder(StreamState.Playing, until: 0),
        };

        Assert.False(StreamRules.Keeps(had, StreamWish.Open, Now));
        Assert.False(StreamRules.Keeps(had, StreamWish.Play, Now));
        Assert.Equal(keptFrom == "plays on", StreamRules.Keeps(had, StreamWish.PlayOn, Now));
        Assert.Equal(keptFrom is not null, StreamRules.Keeps(had, StreamWish.OpenOn, Now));
        Assert.Equal(keptFrom is not null, StreamRules.Keeps(had, StreamWish.Prepare, Now));
    }

    private static StreamHolder Holder(StreamState state, long until) => new([1], "desk", 1, state, until);
}
