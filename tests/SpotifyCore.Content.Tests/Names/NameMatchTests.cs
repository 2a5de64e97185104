using SpotifyCore.Content.Names;

namespace SpotifyCore.Content.Tests.Names;

public sealed class NameMatchTests
{
    [Theory]
    [InlineData("Björk - Jóga", "bjork joga", true)]
    [InlineData("Bjo\u0308rk", "bjork", true)]
    [InlineData("MØ", "mo", true)]
    [InlineData("Sigur Rós: Ágætis byrjun", "sigur ros agaetis byrjun", true)]
    [InlineData("Don’t Stop", "dont stop", true)]
    [InlineData("AC/DC", "ac dc", true)]
    [InlineData("10cc", "10 CC", true)]
    [InlineData("東京 Night", "東京night", true)]
    [InlineData("!!!", "!!!", true)]
    [InlineData("÷", "+", false)]
    [InlineData("Northern", "Northern Lights", false)]
    [InlineData("", "", false)]
    public void AreAlike_TwoSpellings_OfOneName(string one, string other, bool alike) =>
        Assert.Equal(alike, NameMatch.AreAlike(one, other));

    [Theory]
    [InlineData("Northern Lights", "lights north", true)]
    [InlineData("Northern Lights", "LIGHTS", true)]
    [InlineData("Northern Lights", "ights", false)]
    [InlineData("Northern Lights", "northern nights", false)]
    [InlineData("Jóga", "joga", true)]
    [InlineData("Joga", "jógá", true)]
    [InlineData("P!nk", "pink", true)]
    [InlineData("Кино", "kino", true)]
    [InlineData("東京の夜", "京の", true)]
    [InlineData("東京の夜", "京夜", false)]
    [InlineData("Anything", "", false)]
    [InlineData("Anything", "?!", false)]
    [InlineData("...", "...", true)]
    public void Contains_EveryWordTyped_BeginsAWord(string name, string typed, bool contains) =>
        Assert.Equal(contains, NameMatch.Contains(name, typed));

    [Theory]
    [InlineData("\t ", false)]
    [InlineData("...", true)]
    [InlineData("a", true)]
    public void IsName_MoreThanSpaces(string typed, bool isName) => Assert.Equal(isName, NameMatch.IsName(typed));
}
