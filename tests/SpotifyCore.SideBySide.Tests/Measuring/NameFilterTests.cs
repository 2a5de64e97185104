using SpotifyCore.SideBySide.Measuring;

namespace SpotifyCore.SideBySide.Tests.Measuring;

public sealed class NameFilterTests
{
    [Theory]
    [InlineData(null, "insert", true)]
    [InlineData("insert", "insert", true)]
    [InlineData("serve", "serve-cpu-depth1-tls", true)]
    [InlineData("serve-depth1", "serve-depth1-plain", true)]
    [InlineData("serve-depth1", "serve-depth16-plain", false)]
    [InlineData("get-16k-1", "get-16k-16", false)]
    [InlineData("encode", "decode", false)]
    public void Takes_ANameOrTheFrontOfIt(string? only, string name, bool taken) =>
        Assert.Equal(taken, new NameFilter(only is null ? null : [only]).Takes(name));

    [Fact]
    public void Takes_OneOfSomeNames() => Assert.Equal(
        [true, true, false],
        ((string[])["import", "insert", "encode"]).Select(new NameFilter(["insert", "import"]).Takes));
}
