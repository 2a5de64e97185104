using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Search.Typos;

namespace SpotifyCore.Search.Tests.Typos;

public sealed class EditDistanceTests
{
    [Theory]
    [InlineData("beyonse", "beyonce", 1, true)]
    [InlineData("thunderstuck", "thunderstruck", 1, true)]
    [InlineData("thundre", "thunderstruck", 1, false)]
    [InlineData("qeuen", "queen", 1, true)]
    [InlineData("ueen", "queen", 1, true)]
    [InlineData("queen", "queensland", 0, false)]
    [InlineData("кина", "кино", 1, true)]
    [InlineData("ab", "ba", 1, true)]
    public void OfBeginning_OneTypo_IsThatFar(string word, string term, int edits, bool isWhole) =>
        Assert.Equal((edits, isWhole), Of(word, term, 2));

    // The definition, letter by letter: what is worked out in bits is the same.
    [Fact]
    public void OfBeginning_AnyWords_IsWhatTheTableSays()
    {
        var text = Gen.Elements('a', 'b', 'c', 'é', 'ж', '東').ListOf().Select(static all => string.Concat(all));
        var pair =
            from word in text.Where(static one => one.Length > 0)
            from term in text
            from most in Gen.Elements(1, 2)
            select (word, term, most);
        Prop.ForAll(pair.ToArbitrary(), one => IsSame(one.word, one.term, one.most))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void OfBeginning_LongWords_CountsTheirFirstLetters()
    {
        var longest = new string('x', 40);
        Assert.Equal((0, true), Of(longest, longest, 2));
        Assert.True(IsSame(new string('x', 31) + "y", new string('x', 32), 1));
    }

    private static bool IsSame(string word, string term, int most)
    {
        var (edits, isWhole) = Of(word, term, most);
        var (tableEdits, tableIsWhole) = OfTable(word, term, most);
        return tableEdits > most ? edits > most : (edits, isWhole) == (tableEdits, tableIsWhole);
    }

    private static (int Edits, bool IsWhole) Of(string word, string term, int most) =>
        new EditDistance(word, stackalloc uint[EditDistance.Room]).OfBeginning(term, most);

    private static (int Edits, bool IsWhole) OfTable(string word, string term, int most)
    {
        word = word[..Math.Min(word.Length, EditDistance.MaxLength)];
        term = term[..Math.Min(term.Length, Math.Min(EditDistance.MaxLength, word.Length + most))];
        var table = new int[word.Length + 1, term.Length + 1];
        for (var i = 0; i <= word.Length; i++)
        {
            for (var j = 0; j <= term.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                var edits = table[i - 1, j - 1] + (word[i - 1] == term[j - 1] ? 0 : 1);
                edits = Math.Min(edits, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && word[i - 1] == term[j - 2] && word[i - 2] == term[j - 1])
                    edits = Math.Min(edits, table[i - 2, j - 2] + 1);

                table[i, j] = edits;
            }
        }

        var ends = Enumerable.Range(0, term.Length + 1).Select(j => table[word.Length, j]).ToArray();
        return (ends.Min(), ends[^1] == ends.Min());
    }
}
