namespace SpotifyCore.Content.Names;

/// <summary>Finds what was meant by a mistyped name of a few that there are.</summary>
public static class NearestName
{
    private const int MostEdits = 3;
    private const int MostLetters = 64;

    /// <summary>The name most like one that nobody knows; null when none is like it.</summary>
    public static string? Of(string typed, IEnumerable<string> known)
    {
        if (typed.Length > MostLetters)
            return null;

        var nearest = known.Where(static name => name.Length <= MostLetters)
            .Select(name => (Name: name, Edits: Edits(typed, name)))
            .DefaultIfEmpty()
            .MinBy(static candidate => candidate.Edits);
        return nearest.Edits <= Math.Clamp(typed.Length / 3, 1, MostEdits) ? nearest.Name : null;
    }

    // Levenshtein's distance, where two neighbours that changed places are one edit.
    private static int Edits(string a, string b)
    {
        var edits = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            edits[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            edits[0, j] = j;

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = edits[i - 1, j - 1] + (AreSame(a[i - 1], b[j - 1]) ? 0 : 1);
                edits[i, j] = Math.Min(substituted, Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1);
                if (i > 1 && j > 1 && AreSame(a[i - 1], b[j - 2]) && AreSame(a[i - 2], b[j - 1]))
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
            }
        }

        return edits[a.Length, b.Length];
    }

    private static bool AreSame(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
