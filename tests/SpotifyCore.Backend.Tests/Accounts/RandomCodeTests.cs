using SpotifyCore.Backend.Accounts;

namespace SpotifyCore.Backend.Tests.Accounts;

public sealed class RandomCodeTests
{
    [Fact]
    public void New_Codes_DifferAndAreOfLettersThatAreNotMistaken()
    {
        var codes = Enumerable.Range(0, 1_000).Select(static _ => RandomCode.New()).ToHashSet();

        Assert.Equal(1_000, codes.Count);
        Assert.All(codes, static code => Assert.Matches("^([0-9a-hjkmnp-tv-z]{4}-){7}[0-9a-hjkmnp-tv-z]{4}$", code));
        Assert.Equal(32, codes.SelectMany(static code => code).Where(static c => c != '-').Distinct().Count());
    }

    [Fact]
    public void TryHash_AsTyped_IsThatOfTheCode()
    {
        Assert.True(RandomCode.TryHash("0123-4567-89ab-cdef-ghjk-mnpq-rstv-wxyz", out var hash));
        foreach (var typed in new[] { "O1234567 89ABCDEF ghjkmnpqrstvwxyz", " oL23-4567-89ab-cdef-ghjk-mnpq-rstv-wxyz " })
        {
            Assert.True(RandomCode.TryHash(typed, out var same));
            Assert.Equal(hash, same);
        }

        Assert.True(RandomCode.TryHash("0123-4567-89ab-cdef-ghjk-mnpq-rstv-wxyy", out var other));
        Assert.NotEqual(hash, other);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123-4567-89ab-cdef-ghjk-mnpq-rstv-wxy")]
    [InlineData("0123-4567-89ab-cdef-ghjk-mnpq-rstv-wxyz0")]
    [InlineData("0123-4567-89ab-cdef-ghjk-mnpq-rstv-wxyu")]
    [InlineData("0123-4567-89ab-cdef-ghjk-mnpq-rstv-wxy\0")]
    public void TryHash_WhatIsNoCode_IsFalse(string typed) => Assert.False(RandomCode.TryHash(typed, out _));
}
