using SpotifyCore.Simulator.Listening;

namespace SpotifyCore.Simulator.Tests.Listening;

public sealed class ListenerTests
{
    private static readonly ListenerWorld World = WorldModel.Of(500).Make(seed: 1);
    private static readonly Discovery Discovery = new(World.Catalogue, World.Model.Listening);

    [Fact]
    public void Advance_SameSeed_PlaysTheSame()
    {
        var (one, other) = (Make(4), Make(4));

        Assert.Equal(one.Begin(), other.Begin());
        for (var i = 0; i < 300; i++)
            Assert.Equal(one.Advance(), other.Advance());
    }

    [Fact]
    public void Advance_AfterAPlay_GoesWhereItSaid()
    {
        var listener = Make(5);
        var last = listener.Begin();
        Assert.True(last.IsPick);
        for (var i = 0; i < 2_000; i++)
        {
            var next = listener.Advance();
            var isPick = last.Ending == PlayEnding.Pick || last.Following is null;
            Assert.Equal(isPick, next.IsPick);
            if (!isPick)
                Assert.Equal(last.Following, next.Track);

            Assert.InRange(next.Heard, 0, World.Catalogue.SecondsOf(next.Track) + 1e-6);
            last = next;
        }
    }

    [Fact]
    public void Advance_HeardOut_KeepsTheTrack()
    {
        var listener = Make(6);
        var play = listener.Begin();
        while (play.Ending != PlayEnding.HeardOut || listener.Library.Knows(play.Track))
            play = listener.Advance();

        listener.Advance();
        Assert.True(listener.Library.Knows(play.Track));
    }

    [Fact]
    public void Advance_BeforeBegin_Throws() => Assert.Throws<InvalidOperationException>(() => Make(1).Advance());

    [Fact]
    public void Library_OfASize_HasThatManyDistinctTracks()
    {
        var library = Make(7).Library;

        Assert.Equal(40, library.Tracks.Count);
        Assert.Equal(40, library.Tracks.Distinct().Count());
    }

    private static Listener Make(int client) => new(client, Discovery, World.Model.Listening, 40, World.Seed);
}
