using SpotifyCore.Content.Identity;
using SpotifyCore.Swarm.Neighbours;

namespace SpotifyCore.Swarm.Tests.Neighbours;

public sealed class HoldingsTests
{
    [Fact]
    public void Set_MoreFilesThanPlaces_ForgetsTheOldest()
    {
        var holdings = default(Holdings);
        for (var i = 1; i <= Holdings.Places + 1; i++)
            holdings.Set(new FileId((UInt128)i), HoldingState.Whole);

        Assert.Equal(HoldingState.Unknown, holdings[new FileId(1)]);
        Assert.Equal(HoldingState.Whole, holdings[new FileId(2)]);
        Assert.Equal(HoldingState.Whole, holdings[new FileId((UInt128)Holdings.Places + 1)]);
    }

    [Fact]
    public void Set_SameFile_Replaces()
    {
        var holdings = default(Holdings);
        holdings.Set(new FileId(0), HoldingState.Asked);
        holdings.Set(new FileId(0), HoldingState.Lacks);

        Assert.Equal(HoldingState.Lacks, holdings[new FileId(0)]);
        Assert.Equal(HoldingState.Unknown, default(Holdings)[new FileId(0)]);
    }
}
