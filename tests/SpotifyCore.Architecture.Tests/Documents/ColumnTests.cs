using SpotifyCore.Testing;

namespace SpotifyCore.Architecture.Tests.Documents;

/// <summary>What is read in a terminal fits one: lines of documents have at most 120 columns.</summary>
public sealed class ColumnTests
{
    private const int Most = 120;

    [Theory]
    [InlineData("README.md")]
    [InlineData("frontends/README.md")]
    [InlineData("tools/SpotifyCore.Import/README.md")]
    public void Lines_OfWhatANewcomerReads_Fit(string document) =>
        Assert.DoesNotContain(
            File.ReadLines(Path.Combine(Repository.Root, document)), static line => line.Length > Most);

    /// <summary>A table's row can't be broken, nor a line that is to be typed or comes from a program.</summary>
    [Fact]
    public void Lines_OfProse_Fit() => Assert.Empty(
        RepositoryDocuments.All
            .SelectMany(static file => File.ReadLines(file)
                .Where(static line => line.Length > Most && line is not (['|', ..] or [' ', ' ', ' ', ' ', ..]))
                .Select(line => $"{file}: {line}")));
}
