namespace SpotifyCore.Search.Typos;

/// <summary>
/// Letters left out, added, mistaken or swapped with their neighbour, between a word and the beginnings of terms. A
/// column of the table of distances is two words of bits, as its neighbours differ by one at most (Hyyrö 2003, A
/// bit-vector algorithm for computing Levenshtein and Damerau edit distances).
/// </summary>
internal readonly ref struct EditDistance
{
    /// <summary>Of a word and of a term so many characters count.</summary>
    public const int MaxLength = 32;

    private const int Ascii = 128;

    private readonly ReadOnlySpan<char> _word;
    private readonly ReadOnlySpan<uint> _places;

    /// <summary>Makes ready for a word that was typed.</summary>
    /// <param name="word">The word, not empty.</param>
    /// <param name="places">Room for <see cref="Room"/> numbers, as long as this is used.</param>
    public EditDistance(ReadOnlySpan<char> word, Span<uint> places)
    {
        _word = word[..Math.Min(word.Length, MaxLength)];
        places.Clear();
        for (var i = 0; i < _word.Length; i++)
        {
            if (_word[i] < Ascii)
                places[_word[i]] |= 1u << i;
        }

        _places = places;
    }

    /// <summary>How much room is needed.</summary>
    public static int Room => Ascii;

    /// <summary>
    /// The fewest edits that make the word the beginning of a term, and whether as few make it the whole term.
    /// </summary>
    /// <param name="term">What may be meant.</param>
    /// <param name="most">More than this many are of no interest.</param>
    /// <returns>The edits, and above <paramref name="most"/> some larger number.</returns>
    public (int Edits, bool IsWhole) OfBeginning(ReadOnlySpan<char> term, int most)
    {
        term = term[..Math.Min(term.Length, Math.Min(MaxLength, _word.Length + most))];
        var last = 1u << (_word.Length - 1);
        var (more, less, same, before) = (uint.MaxValue, 0u, 0u, 0u);
        var edits = _word.Length;
        var fewest = edits;
        foreach (var letter in term)
        {
            var places = PlacesOf(letter);
            var swapped = ((~same & places) << 1) & before;
            same = (((places & more) + more) ^ more) | places | less | swapped;
            var right = less | ~(same | more);
            var left = same & more;
            edits += (right & last) != 0 ? 1 : (left & last) != 0 ? -1 : 0;
            fewest = Math.Min(fewest, edits);

            // The beginnings of a term are as many edits from nothing as they are long.
            right = (right << 1) | 1;
            more = (left << 1) | ~(same | right);
            less = right & same;
            before = places;
        }

        return (fewest, edits == fewest);
    }

    // Where in the word a letter stands, a bit a place.
    private uint PlacesOf(char letter)
    {
        if (letter < Ascii)
            return _places[letter];

        var places = 0u;
        for (var i = 0; i < _word.Length; i++)
            places |= _word[i] == letter ? 1u << i : 0;

        return places;
    }
}
