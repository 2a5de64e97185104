using SpotifyCore.Core.Chance;

namespace SpotifyCore.Core.Tests.Chance;

public sealed class SeededRandomTests
{
    [Fact]
    public void Next_SeedZero_GivesThePublishedNumbers()
    {
        // SplitMix64 of seed 0, as its reference implementation prints them.
        var random = new SeededRandom(0);

        Assert.Equal(0xE220A8397B1DCDAFul, random.Next());
        Assert.Equal(0x6E789E6AA1B965F4ul, random.Next());
        Assert.Equal(0x06C45D188009454Ful, random.Next());
    }

    [Fact]
    public void Between_ManyDraws_StayWithin()
    {
        var random = new SeededRandom(3);
        var (least, most) = (TimeSpan.FromMilliseconds(125), TimeSpan.FromMilliseconds(250));

        for (var i = 0; i < 1_000; i++)
            Assert.InRange(random.Between(least, most), least, most - TimeSpan.FromTicks(1));

        Assert.Equal(least, random.Between(least, least));
    }
}
