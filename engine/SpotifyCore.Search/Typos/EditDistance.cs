namespace SpotifyCore.Search.Typos;

/// <summary>Letters left out, added, mistaken or swapped with their neighbour.</summary>
internal static class EditDistance
{
    private const int MaxLength = 32;

    /// <summary>
    /// The fewest edits that make a word the beginning of a term, and whether as few make it the whole term.
    /// </summary>
    /// <param name="word">What was typed; of it and of the term 32 characters count.</param>
    /// <param name="term">What may be meant.</param>
    /// <param name="most">More than this many are of no interest.</param>
    /// <returns>The edits, and above <paramref name="most"/> some larger number.</returns>
    public static (int Edits, bool IsWhole) OfBeginning(ReadOnlySpan<char> word, ReadOnlySpan<char> term, int most)
    {
        word = word[..Math.Min(word.Length, MaxLength)];
        term = term[..Math.Min(term.Length, Math.Min(MaxLength, word.Length + most))];
        var width = term.Length + 1;
        Span<int> rows = stackalloc int[3 * (MaxLength + 1)];
        var older = rows[..width];
        var above = rows.Slice(width, width);
        var row = rows.Slice(2 * width, width);
        for (var column = 0; column < width; column++)
            above[column] = column;

        for (var i = 1; i <= word.Length; i++)
        {
            var least = row[0] = i;
            for (var j = 1; j < width; j++)
            {
                var edits = above[j - 1] + (word[i - 1] == term[j - 1] ? 0 : 1);
                edits = Math.Min(edits, Math.Min(above[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && word[i - 1] == term[j - 2] && word[i - 2] == term[j - 1])
                    edits = Math.Min(edits, older[j - 2] + 1);

                row[j] = edits;
                least = Math.Min(least, edits);
            }

            if (least > most)
                return (least, false);

            var free = older;
            older = above;
            above = row;
            row = free;
        }

        var fewest = above[0];
        foreach (var edits in above[1..])
            fewest = Math.Min(fewest, edits);

        return (fewest, above[^1] == fewest);
    }
}
