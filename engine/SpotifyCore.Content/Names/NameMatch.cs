namespace SpotifyCore.Content.Names;

/// <summary>Compares names with what was typed as a search does: case, accents and signs aside.</summary>
public static class NameMatch
{
    /// <summary>
    /// Whether every word that was typed occurs in a name, whole or as a beginning, in any order; false where nothing
    /// was typed.
    /// </summary>
    public static bool Contains(string name, string typed)
    {
        var words = TypedWord.Of(typed).ToArray();
        if (words.Length == 0)
            return AreAlike(name, typed);

        var terms = new HashSet<string>(StringComparer.Ordinal);
        NameTerms.Add(name, terms);
        return words.All(word => word.Forms.Any(form => form.All(wanted => terms.Any(
            term => term.StartsWith(wanted, StringComparison.Ordinal)))));
    }

    /// <summary>Whether two texts spell the same name; false for empty ones.</summary>
    public static bool AreAlike(string one, string other) => NameTerms.Keys(one).Intersect(NameTerms.Keys(other)).Any();

    /// <summary>Whether something can be called so: there is more than spaces.</summary>
    public static bool IsName(string typed) => NameTerms.Keys(typed).Any();
}
