using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Neighbours;

namespace SpotifyCore.Core.Tests.Neighbours;

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
    public void Set_MoreFilesThanPlaces_KeepsWhatIsUsed()
    {
        var holdings = default(Holdings);
        holdings.Set(new FileId(1), HoldingState.Whole);
        for (var i = 2; i <= 4 * Holdings.Places; i++)
        {
            Assert.Equal(HoldingState.Whole, holdings.Use(new FileId(1)));
            holdings.Set(new FileId((UInt128)i), HoldingState.Lacks);
        }

        Assert.Equal(HoldingState.Whole, holdings[new FileId(1)]);
        Assert.Equal(HoldingState.Lacks, holdings[new FileId(4 * Holdings.Places)]);

        // Used by nobody any more, it goes as the others do.
        for (var i = 1; i <= 2 * Holdings.Places; i++)
            holdings.Set(new FileId((UInt128)(100 + i)), HoldingState.Lacks);

        Assert.Equal(HoldingState.Unknown, holdings[new FileId(1)]);
    }

    [Fact]
    public void Use_NothingHeld_MakesRoom()
    {
        foreach (var state in new[] { HoldingState.Asked, HoldingState.Lacks })
        {
            var holdings = default(Holdings);
            holdings.Set(new FileId(1), state);
            for (var i = 2; i <= Holdings.Places + 1; i++)
            {
                Assert.Equal(state, holdings.Use(new FileId(1)));
                holdings.Set(new FileId((UInt128)i), HoldingState.Whole);
            }

            Assert.Equal(HoldingState.Unknown, holdings[new FileId(1)]);
        }
    }

    [Fact]
    public void TryTakeBack_RequestThatIsNotAnswered_IsUnknownAgain()
    {
        var holdings = default(Holdings);
        holdings.Ask(new FileId(1), request: 7);
        holdings.Ask(new FileId(2), request: 8);
        holdings.Set(new FileId(2), HoldingState.Lacks);

        Assert.False(holdings.TryTakeBack(8));
        Assert.True(holdings.TryTakeBack(7));

        Assert.Equal(HoldingState.Unknown, holdings[new FileId(1)]);
        Assert.Equal(HoldingState.Lacks, holdings[new FileId(2)]);
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
