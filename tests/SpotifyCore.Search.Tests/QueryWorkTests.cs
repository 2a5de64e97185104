using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Search.Querying;

namespace SpotifyCore.Search.Tests;

/// <summary>Whatever is typed, what is looked up for it is bounded.</summary>
public sealed class QueryWorkTests
{
    // 16 words of 16 terms and three other forms each, 16 words of a genre.
    private const int MostTerms = (16 * (16 + 3)) + 16;

    public static TheoryData<string> Hostile => new(
        string.Concat(Enumerable.Repeat("a ", 250)),
        string.Concat(Enumerable.Repeat("a-", 250)),
        string.Concat(Enumerable.Repeat("a1", 250)),
        string.Concat(Enumerable.Repeat("東京", 250)),
        string.Concat(Enumerable.Range(0, 250).Select(static number => (char)(0x4e00 + number))),
        string.Concat(Enumerable.Range(0, 100).Select(static number => $"$a!b@c{number} ")),
        string.Concat(Enumerable.Repeat("artist:a ", 60)),
        string.Concat(Enumerable.Repeat("genre:\"a b c d e\" ", 30)),
        "year:1-9999 " + string.Concat(Enumerable.Repeat("the ", 120)),
        new string('a', 1_000_000),
        new string('"', 500),
        string.Concat(Enumerable.Repeat("\u0301", 500)));

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Read_HostileText_AsksForSoManyTermsAtMost(string typed) => Assert.InRange(TermsOf(typed), 0, MostTerms);

    [Fact]
    public void Read_AnyText_AsksForSoManyTermsAtMost() => Prop.ForAll<string[]>(
        parts => TermsOf(string.Concat(parts.Select(static part => $"{part} a/b 東京b "))) <= MostTerms)
        .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("year:1990-1999", 1990, 1999)]
    [InlineData("year:1-9999", 1_700, 2_199)]
    [InlineData("year:1500", 1_500, 1_500)]
    [InlineData("year:1999-1990", 1990, 1999)]
    public void Read_Years_AreThoseInWhichMusicWasMade(string typed, int from, int to) =>
        Assert.Equal((from, to), TypedQuery.Read(typed).Years);

    private static int TermsOf(string typed)
    {
        var query = TypedQuery.Read(typed);
        return query.Words.Sum(static word => word.Alternatives.Sum(static one => one.Terms.Count)) + query.Genres.Count;
    }
}
