using System.Text;
using System.Text.RegularExpressions;

namespace SpotifyCore.Backend.Releases;

/// <summary>Names as tags write them: which of them mean the same, and who of a credit comes first.</summary>
internal static class CreditedNames
{
    /// <summary>Whose release it is when it is nobody's in particular.</summary>
    public const string VariousArtists = "Various Artists";

    private static readonly Regex Guests = new(
        @"[\s(\[]+(feat\.?|ft\.?|featuring)\s.*$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
            | RegexOptions.ExplicitCapture | RegexOptions.Singleline);

    /// <summary>
    /// What is left of a name when nothing but case and spaces is taken from it: equal for those that mean the same.
    /// Signs and numerals stay what they are.
    /// </summary>
    public static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var sign in name.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(sign))
                folded.Append(Rune.ToLowerInvariant(sign));
            else if (folded.Length > 0 && folded[^1] != ' ')
                folded.Append(' ');
        }

        return folded.ToString().TrimEnd();
    }

    /// <summary>Who is meant first: of "Ann feat. Bo" it is Ann.</summary>
    public static string First(string credit)
    {
        var guests = Guests.Match(credit);
        return guests is { Success: true, Index: > 0 } ? credit[..guests.Index] : credit;
    }
}
