using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Content.Text;

namespace SpotifyCore.Backend.Tests.Catalogue;

public abstract class SearchTests(TestStore store) : CatalogueFixture(store)
{
    [Theory]
    [InlineData("Déjà vu", "deja VU")]
    [InlineData("Deja vu", "déjà")]
    [InlineData("e\u0301tude", "étude")]
    [InlineData("Rødgrød med fløde", "rodgrod flode")]
    [InlineData("Straße", "strasse")]
    [InlineData("Don't stop", "dont")]
    [InlineData("Dont stop", "don’t")]
    [InlineData("AC/DC live", "ac dc")]
    [InlineData("ＦＵＬＬ width", "full")]
    [InlineData("Подмосковные вечера", "подмоск")]
    [InlineData("Подмосковные вечера", "ВЕЧЕРА")]
    [InlineData("Ζορμπάς", "ζορμπας")]
    [InlineData("Ёлочка", "елоч")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("Đường về", "duong ve")]
    [InlineData("夜に駆ける", "駆")]
    [InlineData("夜に駆ける", "に駆け")]
    [InlineData("東京事変 Live 2005", "京事 2005")]
    [InlineData("강남스타일", "남스")]
    [InlineData("เพลงชาติ", "ชาติ")]
    [InlineData("हिन्दी गाना", "हिन्")]
    [InlineData("שלום עליכם", "עליכם")]
    [InlineData("𠮷野家", "野")]
    [InlineData("99 Luftballons", "99")]
    public void Search_WordsOrBeginnings_Finds(string title, string query)
    {
        Add(1, title);
        Add(2, "Something else");

        Assert.Equal([ComposedText.Of(title)], Titles(query));
    }

    [Theory]
    [InlineData("東京", "京東")]
    [InlineData("Northern", "north star")]
    public void Search_OtherWords_FindsNothing(string title, string query)
    {
        Add(1, title);

        Assert.Empty(Titles(query));
    }

    [Fact]
    public void Search_WordsInSeveralFields_FindsTheTrack()
    {
        Add(1, "Blue", "Ann Archer", "Colours");
        Add(2, "Red", "Ann Archer", "Colours");

        Assert.Equal(["Blue"], Titles("blue arch col"));
    }

    [Fact]
    public void Search_NameInEachField_ArtistBeforeTitleBeforeAlbum()
    {
        Add(1, "First one", "Somebody", "Aurora");
        Add(2, "Second one", "Aurora", "Something");
        Add(3, "Aurora", "Somebody else with a very long name indeed", "An album with a rather long title too");
        for (var i = 4; i < 40; i++)
            Add(i, $"Filler {i}", "Nobody", "Nothing");

        Assert.Equal(["Second one", "Aurora", "First one"], Titles("aurora"));
    }

    [Fact]
    public void Search_WholeWord_BeforeABeginning()
    {
        Add(1, "Rainbows");
        Add(2, "Rain");
        for (var i = 3; i < 20; i++)
            Add(i, $"Filler {i}");

        Assert.Equal(["Rain", "Rainbows"], Titles("rain"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\"")]
    [InlineData("* OR ()")]
    [InlineData("-")]
    [InlineData("\0")]
    [InlineData("\u0301")]
    [InlineData("\ud800")]
    public void Search_NoWordToFind_IsEmpty(string query) => Assert.DoesNotContain("One", Titles(query));

    [Theory]
    [InlineData("one\"")]
    [InlineData("\"one")]
    [InlineData("one*")]
    [InlineData("one'")]
    [InlineData("-one")]
    [InlineData("^one")]
    [InlineData("(one")]
    [InlineData("one:")]
    [InlineData("{one} ;")]
    [InlineData("one\0")]
    [InlineData("one \ud800\u0301")]
    public void Search_SyntaxAroundAWord_FindsTheWord(string query)
    {
        Add(1, "One");

        Assert.Equal(["One"], Titles(query));
    }

    [Theory]
    [InlineData("artist:one")]
    [InlineData("one NOT two")]
    [InlineData("one NEAR two")]
    [InlineData("rowid")]
    public void Search_SyntaxWords_AreOnlyWords(string query)
    {
        Add(1, "One");

        Assert.Empty(Titles(query));
    }

    [Theory]
    [InlineData("\U0001E900")] // a letter that the tokenizer's Unicode does not know
    [InlineData("one \U0001E900")]
    public void Search_LetterUnknownToTheTokenizer_DoesNotThrow(string query)
    {
        Add(1, "One");

        _ = Titles(query);
    }

    [Fact]
    public void Search_AnyText_NeverThrows()
    {
        Add(1, "One", "Two", "Three");

        Prop.ForAll<string>(query => Titles(query ?? "").Count <= 1).QuickCheckThrowOnFailure();
        Prop.ForAll(
            Gen.Elements(
                "\"", "*", "(", ")", " OR ", " AND ", " NOT ", "NEAR(", "^", ":", "-", "+", "one", "東", "\u0301",
                "\ud83d", ",")
                .ListOf().Select(parts => string.Concat(parts)).ToArbitrary(),
            query => Titles(query).Count <= 1).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Search_AnyTitle_IsFoundByItself()
    {
        var seed = 0;
        Prop.ForAll<NonEmptyString>(title =>
        {
            var name = PlainText.Of(title.Get);
            if (!name.Any(char.IsAsciiLetterOrDigit))
                return true;

            Add(++seed, name);
            return Titles(name).Contains(name.Trim(), StringComparer.Ordinal);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Search_Pages_CutTheSameOrder()
    {
        for (var i = 1; i <= 25; i++)
            Add(i, $"Song {i:00}");

        var all = Index.Find("song", 25, 0).Found;
        var second = Index.Find("song", 10, 10).Found;

        Assert.Equal((25, false), (all.Ids.Distinct().Count(), all.HasMore));
        Assert.True(second.HasMore);
        Assert.Equal(all.Ids.Skip(10).Take(10), second.Ids);
        Assert.Empty(Index.Find("song", 10, 25).Found.Ids);
    }

    [Fact]
    public void Search_AfterNewMetadata_FindsOnlyTheNew()
    {
        Add(1, "Misspelt", "Wrong");
        Add(1, "Spelt", "Right");

        Assert.Empty(Titles("misspelt"));
        Assert.Empty(Titles("wrong"));
        Assert.Equal(["Spelt"], Titles("right"));
    }
}

public sealed class SqliteSearchTests() : SearchTests(new SqliteStore());

[Trait("Length", "long")]
public sealed class PostgresSearchTests() : SearchTests(new PostgresStore());
