using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Content.Text;

namespace SpotifyCore.Content.Tests.Text;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Kiss from a Rose (7\" mix) ~ live")]
    [InlineData("Größe und 音楽 — ёлка, שלום, مرحبا, 한국, ไทย")]
    [InlineData("e\u0301 and \u00e9")]
    [InlineData("a\u00a0b")]
    [InlineData("\U0001F3B5 \u2764\ufe0f")]
    public void Of_Text_IsItself(string text) => Assert.Equal(text, PlainText.Of(text));

    [Theory]
    [InlineData("\u001b[31mred\u001b[0m", "[31mred[0m")]
    [InlineData("ring\a the \bbell\u007f", "ring the bell")]
    [InlineData("C1\u009b2J\u0090x\u009c", "C12Jx")]
    [InlineData("one\r\ntwo\tthree\u0085four\u2028five\u2029six", "one  two three four five six")]
    [InlineData("\u202egnp.exe\u202c", "gnp.exe")]
    [InlineData("\u2066a\u2067b\u2068c\u2069\u200e\u200f\u061c", "abc")]
    [InlineData("in\u200bvisi\u2060ble\ufeff\u00ad", "invisible")]
    [InlineData("pay\u200dpal\u200c", "paypal")]
    [InlineData("tag\U000E0041\U000E007F", "tag")]
    [InlineData("\ufff9a\ufffab\ufffb", "ab")]
    public void Of_WhatCommandsOrHides_IsWithoutIt(string text, string plain) => Assert.Equal(plain, PlainText.Of(text));

    [Theory]
    [InlineData("می\u200cخواهم")]
    [InlineData("क्\u200dष")]
    [InlineData("ශ්\u200dරී")]
    [InlineData("\U0001F468\u200d\U0001F469\u200d\U0001F467")]
    [InlineData("\U0001F44B\U0001F3FD\u200d\u2764\ufe0f\u200d\U0001F525")]
    public void Of_JoinersThatSpellSomething_Keeps(string text) => Assert.Equal(text, PlainText.Of(text));

    [Theory]
    [InlineData("\u200dمرحبا\u200d")]
    [InlineData("م\u200c\u200cر")]
    [InlineData("\U0001F468\u200c\U0001F469")]
    [InlineData("a\u200cم")]
    public void Of_JoinersThatJoinNothing_TakesThemOut(string text) =>
        Assert.DoesNotContain(PlainText.Of(text), static sign => sign is '\u200c' or '\u200d');

    [Fact]
    public void Of_HalfASurrogatePair_IsTheReplacementCharacter() =>
        Assert.Equal("a\ufffdb\ufffd", PlainText.Of("a\ud83cb\udfb5"));

    [Fact]
    public void Of_EveryCharacter_LeavesNoControlAndNoFormat()
    {
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (!Rune.TryCreate(value, out var rune))
                continue;

            Assert.All(PlainText.Of($"a{rune}b").EnumerateRunes(), static left => Assert.False(
                Rune.GetUnicodeCategory(left) is UnicodeCategory.Control or UnicodeCategory.Format
                    or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));
        }
    }

    [Fact]
    public void Of_Twice_ChangesNothingMore() => Prop.ForAll<string?>(text =>
    {
        var once = PlainText.Of(text ?? "");
        Assert.Equal(once, PlainText.Of(once));
    }).QuickCheckThrowOnFailure();
}
