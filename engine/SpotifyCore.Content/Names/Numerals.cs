using System.Collections.Frozen;

namespace SpotifyCore.Content.Names;

/// <summary>Numbers that names spell out, or write as Romans did, as they are typed.</summary>
internal static class Numerals
{
    private static readonly FrozenDictionary<string, string> Digits = new[]
    {
        "zero", "one i", "two ii", "three iii", "four iv", "five v", "six vi", "seven vii", "eight viii", "nine ix",
        "ten x", "eleven xi", "twelve xii",
    }.SelectMany(static (names, number) => names.Split(' ').Select(name => KeyValuePair.Create(name, $"{number}")))
        .ToFrozenDictionary();

    /// <summary>The digits of a folded word, or empty.</summary>
    public static string Of(string word) => Digits.GetValueOrDefault(word, "");
}
