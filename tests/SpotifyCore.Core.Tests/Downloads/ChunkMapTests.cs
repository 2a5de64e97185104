using SpotifyCore.Content.Sources;
using SpotifyCore.Core.Downloads;

namespace SpotifyCore.Core.Tests.Downloads;

public sealed class ChunkMapTests
{
    [Fact]
    public void Indexer_StatesChange_CountsFollow()
    {
        var map = new ChunkMap(3);
        map[0] = ChunkState.Asked;
        Assert.Equal((0u, 0u), (map.Had, map.Storing));
        map[0] = ChunkState.Storing;
        Assert.Equal((1u, 1u), (map.Had, map.Storing));
        map[0] = ChunkState.Held;
        map[1] = ChunkState.Held;
        map[2] = ChunkState.Storing;
        Assert.False(map.IsWhole);
        map[2] = ChunkState.Held;
        Assert.True(map.IsWhole);
        map[2] = ChunkState.Missing;
        Assert.Equal(2u, map.Had);
    }

    [Fact]
    public void AddPresent_BitsBeyondTheFile_AreIgnored()
    {
        var map = new ChunkMap(70);
        map[1] = ChunkState.Asked;
        map.AddPresent([0b111, ulong.MaxValue]);

        Assert.Equal(2u + 6u, map.Had);
        Assert.Equal(ChunkState.Asked, map[1]);
        Assert.Equal(Tier.Cache, map.OriginOf(2));
        Assert.Equal(Tier.Cache, map.OriginOf(69));
    }

    [Fact]
    public void NextMissingAndAbsent_SkipWhatIsOnItsWayOrHere()
    {
        var map = new ChunkMap(5);
        map[0] = ChunkState.Held;
        map[1] = ChunkState.Asked;

        Assert.Equal(2u, map.NextMissing(0));
        Assert.Equal(1u, map.NextAbsent(0));
        Assert.Equal(5u, map.NextMissing(5));
        for (var i = 1u; i < 5; i++)
            map[i] = ChunkState.Reading;

        Assert.Equal(5u, map.NextMissing(0));
        Assert.Equal(5u, map.NextAbsent(0));
    }

    [Fact]
    public void TryCount_Twice_OnlyTheFirst()
    {
        var map = new ChunkMap(1);
        map.SetOrigin(0, Tier.Peers);
        Assert.True(map.TryCount(0));
        Assert.False(map.TryCount(0));
        Assert.Equal(Tier.Peers, map.OriginOf(0));
        map.SetOrigin(0, Tier.Master);
        Assert.False(map.TryCount(0));
    }
}
