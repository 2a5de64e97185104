using SpotifyCore.Content.Search;

namespace SpotifyCore.Content.Tests.Search;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("Björk - Jóga", "bjork joga")]
    [InlineData("Bjo\u0308rk", "bjork")]
    [InlineData("MØ", "mo")]
    [InlineData("Sigur Rós: Ágætis byrjun", "sigur ros agaetis byrjun")]
    [InlineData("Don’t Stop", "dont stop")]
    [InlineData("Dvořák", "dvorak")]
    [InlineData("東京 Night", "東 京 night")]
    [InlineData("...", "")]
    public void Plain_Names_ComeToOneForm(string name, string plain) => Assert.Equal(plain, SearchText.Plain(name));

    [Theory]
    [InlineData("Northern Lights", "lights north", true)]
    [InlineData("Northern Lights", "LIGHTS", true)]
    [InlineData("Northern Lights", "ights", false)]
    [InlineData("Northern Lights", "northern nights", false)]
    [InlineData("Jóga", "joga", true)]
    [InlineData("Joga", "jógá", true)]
    [InlineData("東京の夜", "京の", true)]
    [InlineData("東京の夜", "京夜", false)]
    [InlineData("Anything", "", false)]
    [InlineData("Anything", "?!", false)]
    public void Matches_EveryWordOfTheQuery_BeginsAWord(string text, string query, bool matches) =>
        Assert.Equal(matches, SearchText.Matches(text, query));
}
