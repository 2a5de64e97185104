using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Content.Text;

namespace SpotifyCore.Content.Tests.Text;

public sealed class ComposedTextTests
{
    [Theory]
    [InlineData("Zoe\u0308 E\u0301toile", "Zo\u00eb \u00c9toile")]
    [InlineData("\u30ab\u3099\u30e9\u30b9", "\u30ac\u30e9\u30b9")]
    [InlineData("\u1100\u1175\u11b7", "\uae40")]
    [InlineData("\u041c\u0430\u0438\u0306", "\u041c\u0430\u0439")]
    [InlineData("a\u0323\u0302", "\u1ead")]
    [InlineData("a\u0302\u0323", "\u1ead")]
    [InlineData("\u212b", "\u00c5")]
    [InlineData("\u0958", "\u0915\u093c")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    public void Of_WhatComposes_IsComposed(string text, string composed) =>
        Assert.Equal(composed, ComposedText.Of(text));

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("Ünïcödé")]
    [InlineData("한국 노래 ガラス Майский")]
    [InlineData("\uff21 \u2163 \ufb01")]
    [InlineData("\U0001F3B5\u2764\ufe0f")]
    public void Of_ComposedText_IsItself(string text) => Assert.Equal(text, ComposedText.Of(text));

    [Fact]
    public void Of_HalfASurrogatePair_IsTheReplacementCharacter() =>
        Assert.Equal("a\ufffd\u00e9", ComposedText.Of("a\ud83ce\u0301"));

    [Theory]
    [InlineData("\u00e9", "e\u0301")]
    [InlineData("\ud55c", "\u1112\u1161\u11ab")]
    [InlineData("plain", "plain")]
    public void Decomposed_Text_HasItsPartsApart(string text, string decomposed) =>
        Assert.Equal(decomposed, ComposedText.Decomposed(text));

    [Fact]
    public void Of_AnyText_IsComposedOnceAndForAll() => Prop.ForAll(
        ArbMap.Default.ArbFor<string?>(),
        static text =>
        {
            var composed = ComposedText.Of(text ?? "");
            return ComposedText.Of(composed) == composed;
        }).QuickCheckThrowOnFailure();
}
