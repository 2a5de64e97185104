using SpotifyCore.Client.Catalogue;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Client.Tests.Catalogue;

public sealed class TrackInfoTests
{
    [Theory]
    [InlineData("a", 1, 4, true)]
    [InlineData("a", 2, 1, true)]
    [InlineData("a", 1, 3, false)]
    [InlineData("a", 1, 5, false)]
    [InlineData("a", 2, 2, false)]
    [InlineData("a", 3, 1, false)]
    [InlineData("b", 1, 4, false)]
    [InlineData("", 1, 4, false)]
    public void Follows_TheThirdOfTheFirstDisc_DoesWhatIsNextOnItsAlbum(string album, int disc, int number, bool follows) =>
        Assert.Equal(follows, Track(album, disc, number).Follows(Track("a", 1, 3)));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 0)]
    public void Follows_NumbersThatAreNotKnown_DoesNot(int before, int after) =>
        Assert.False(Track("a", 1, after).Follows(Track("a", 1, before)));

    private static TrackInfo Track(string album, int disc, int number) =>
        TrackInfo.Unknown(new TrackId(1)) with { AlbumId = album, Disc = disc, Number = number };
}
