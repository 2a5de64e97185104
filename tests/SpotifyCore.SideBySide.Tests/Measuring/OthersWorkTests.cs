using SpotifyCore.SideBySide.Measuring;

namespace SpotifyCore.SideBySide.Tests.Measuring;

public sealed class OthersWorkTests
{
    private string _line = "cpu  1000 20 300 5000 60 7 8 9 400 0";
    private double _own = 12.5;

    [Fact]
    public void Share_OwnWorkAlone_IsNothing()
    {
        var others = new OthersWork(() => _line, () => _own);
        (_line, _own) = ("cpu  1150 20 350 5100 160 7 8 9 400 0", 14.5);

        Assert.Equal(0, others.Share);
    }

    [Fact]
    public void Share_OthersWorkToo_IsTheirsOfAllProcessors()
    {
        // 4 s of all processors, 3 of them busy, 1 with what is ours.
        var others = new OthersWork(() => _line, () => _own);
        (_line, _own) = ("cpu  1150 30 400 5100 60 12 18 34 400 0", 13.5);

        Assert.Equal(0.5, others.Share, precision: 3);
    }

    [Fact]
    public void Share_NoTimeHasPassed_IsNothing() => Assert.Equal(0, new OthersWork(() => _line, () => _own).Share);
}
