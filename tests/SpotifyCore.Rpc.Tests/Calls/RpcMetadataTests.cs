using SpotifyCore.Rpc.Calls;

namespace SpotifyCore.Rpc.Tests.Calls;

public sealed class RpcMetadataTests
{
    [Fact]
    public void Get_RepeatedName_LastCounts()
    {
        var metadata = new RpcMetadata { { "a", "1" }, { "b", "2" }, { "a", "3" } };

        Assert.Equal("3", metadata.GetText("a"));
        Assert.Equal(["1", "2", "3"], metadata.Select(entry => entry.Text));
        Assert.Null(metadata.GetText("c"));
        Assert.Null(metadata.GetBytes("a"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Authorization")]
    [InlineData("two words")]
    [InlineData("grpc-status")]
    [InlineData("content-type")]
    [InlineData("te")]
    [InlineData("text-bin")]
    public void Add_UnusableNameOfText_Throws(string name) =>
        Assert.Throws<ArgumentException>(() => new RpcMetadata().Add(name, "value"));

    [Theory]
    [InlineData("line\nbreak")]
    [InlineData("ñ")]
    public void Add_UnprintableText_Throws(string value) =>
        Assert.Throws<ArgumentException>(() => new RpcMetadata().Add("name", value));

    [Fact]
    public void Add_BytesWithoutSuffix_Throws() =>
        Assert.Throws<ArgumentException>(() => new RpcMetadata().Add("name", new byte[1]));

    [Fact]
    public void Add_ToEmpty_Throws() =>
        Assert.Throws<InvalidOperationException>(() => RpcMetadata.Empty.Add("name", "value"));
}
