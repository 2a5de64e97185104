using SpotifyCore.Import.Parts;

namespace SpotifyCore.Import.Tests.Parts;

public sealed class OggLinksTests
{
    /// <summary>A decoder is started for each part.</summary>
    [Fact]
    public void Find_MoreLinksThanAreDecodedOneByOne_LeavesTheRestInTheLast()
    {
        const int Links = FilePart.Most + 100;
        using var file = new MemoryStream();
        for (var link = 0; link < Links; link++)
        {
            WritePage(file, isFirst: true);
            WritePage(file, isFirst: false);
        }

        var parts = OggLinks.Find(file);

        Assert.Equal(FilePart.Most, parts.Count);
        var length = file.Length / Links;
        Assert.Equal(new FilePart(0, length), parts[0]);
        Assert.Equal(new FilePart((FilePart.Most - 1) * length, 0), parts[^1]);
    }

    // A page of one segment of one byte.
    private static void WritePage(MemoryStream file, bool isFirst) =>
        file.Write([.. "OggS"u8, 0, (byte)(isFirst ? 2 : 0), .. new byte[20], 1, 1, 0]);
}
