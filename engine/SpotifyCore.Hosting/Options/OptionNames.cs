using System.Text;

namespace SpotifyCore.Hosting.Options;

/// <summary>Names of options as people write them.</summary>
internal static class OptionNames
{
    private const int MostEdits = 3;

    /// <summary>A key as the command line has it: <c>Cache:DiskBytes</c> gives <c>cache:disk-bytes</c>.</summary>
    public static string OfCommandLine(string key)
    {
        var name = new StringBuilder(key.Length + 4);
        for (var i = 0; i < key.Length; i++)
        {
            if (char.IsUpper(key[i]) && i > 0 && key[i - 1] != ':')
                name.Append('-');

            name.Append(char.ToLowerInvariant(key[i]));
        }

        return name.ToString();
    }

    /// <summary>The key most like one that nobody knows; null when none is like it.</summary>
    public static string? Nearest(string key, IEnumerable<string> known)
    {
        var nearest = known.Select(name => (Name: name, Edits: Edits(key, name))).DefaultIfEmpty().MinBy(
            static candidate => candidate.Edits);
        return nearest.Name is not null && nearest.Edits <= Math.Clamp(key.Length / 3, 1, MostEdits) ? nearest.Name : null;
    }

    // Levenshtein's distance, a row at a time.
    private static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                var substituted = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
