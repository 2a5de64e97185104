using SpotifyCore.Cli.Commands;
using SpotifyCore.Cli.Display;

namespace SpotifyCore.Control.Tests.Cli;

/// <summary>Numbers and sizes as people write them.</summary>
public sealed class ParsingTests
{
    [Theory]
    [InlineData("3", 3, 3)]
    [InlineData("5-7", 5, 7)]
    [InlineData("5-5", 5, 5)]
    public void QueuePlaces_NumbersAndRanges_AreUnderstood(string text, int first, int last) =>
        Assert.Equal(Enumerable.Range(first, last - first + 1), QueuePlaces.Parse(text));

    [Theory]
    [InlineData("0")]
    [InlineData("7-5")]
    [InlineData("-5")]
    [InlineData("5-")]
    [InlineData("1-2-3")]
    [InlineData("one")]
    [InlineData("1-99999999999")]
    public void QueuePlaces_Else_IsRefused(string text) => Assert.False(QueuePlaces.TryParse(text, out _));

    [Theory]
    [InlineData("5B", 5)]
    [InlineData("500KiB", 500L << 10)]
    [InlineData("20 MiB", 20L << 20)]
    [InlineData("1gib", 1L << 30)]
    [InlineData("2TiB", 2L << 40)]
    [InlineData("none", 0)]
    [InlineData("9999999999TiB", long.MaxValue)]
    public void ByteCount_WithItsUnit_IsUnderstood(string text, long bytes)
    {
        Assert.True(ByteCount.TryParse(text, "none", out var read));
        Assert.Equal(bytes, read);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("0MiB")]
    [InlineData("-5MiB")]
    [InlineData("MiB")]
    [InlineData("5XB")]
    [InlineData("auto")]
    public void ByteCount_Else_IsRefused(string text) => Assert.False(ByteCount.TryParse(text, "none", out _));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1_023, "1023 B")]
    [InlineData(512_000, "500.0 KiB")]
    [InlineData(3L << 40, "3.0 TiB")]
    [InlineData(5_000L << 40, "5000.0 TiB")]
    public void ByteCount_Format_TakesTheUnitThatSuits(long bytes, string text) =>
        Assert.Equal(text, ByteCount.Format(bytes));
}
