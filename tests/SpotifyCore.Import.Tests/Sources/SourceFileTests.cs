using SpotifyCore.Import.Sources;

namespace SpotifyCore.Import.Tests.Sources;

public sealed class SourceFileTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/m", "/m/")]
    [InlineData("/m/", "/m/")]
    [InlineData("/m/../n", "/n/")]
    public void PrefixOf_Folder_EndsWithOneSlash(string folder, string prefix) =>
        Assert.Equal(prefix, SourceFile.PrefixOf(folder));
}
