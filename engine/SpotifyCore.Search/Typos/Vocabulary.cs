using System.Numerics;
using System.Runtime.InteropServices;

namespace SpotifyCore.Search.Typos;

/// <summary>
/// The words that names are made of, in memory, to find those that are meant by one that is mistyped. Safe for many
/// readers beside one that adds.
/// </summary>
internal sealed class Vocabulary
{
    private const int MostNearest = 24;
    private const int LongestWord = 32;
    private const int ShortestWord = 3;
    private const int ShortestOfLatin = 4;
    private const int ShortestForTwo = 7;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Lock _adding = new();
    private Shelf _shelf = new([], [], 0);

    /// <summary>Whether a word is long enough to tell what was meant; scripts without vowels have shorter ones.</summary>
    public static bool MayBeMistyped(string word, int edits) => word.Length >= (edits, word) switch
    {
        ( > 1, _) => ShortestForTwo,
        (_, [< '\u0250', ..]) => ShortestOfLatin,
        _ => ShortestWord,
    };

    /// <summary>Adds terms; those that are no words are left out.</summary>
    public void Add(IEnumerable<string> terms)
    {
        lock (_adding)
        {
            var (words, letters, count) = _shelf;
            foreach (var term in terms)
            {
                if (!IsWord(term) || !_known.Add(term))
                    continue;

                if (count == words.Length)
                {
                    Array.Resize(ref words, Math.Max(1_024, count * 2));
                    Array.Resize(ref letters, words.Length);
                }

                (words[count], letters[count]) = (term, LettersOf(term));
                count++;
            }

            Volatile.Write(ref _shelf, new Shelf(words, letters, count));
        }
    }

    /// <summary>
    /// The words that are meant most likely, or begin with what is meant: fewest edits first, whole words before
    /// beginnings. The word itself is one edit away: nothing was found by it as it stands.
    /// </summary>
    public IReadOnlyList<(string Word, int Edits)> Nearest(string word, int most)
    {
        var shelf = Volatile.Read(ref _shelf);
        var distance = new EditDistance(word, stackalloc uint[EditDistance.Room]);
        var found = new List<(string Word, int Edits, bool IsWhole)>();
        foreach (var place in WithLetters(shelf, LettersOf(word), most))
        {
            var near = shelf.Words[place];
            if (near.Length < word.Length - most)
                continue;

            var (edits, isWhole) = distance.OfBeginning(near, most);
            if (edits <= most)
                found.Add((near, Math.Max(1, edits), isWhole));
        }

        return
        [
            .. found.OrderBy(static one => one.Edits).ThenBy(one => one.Word[0] == word[0] ? 0 : 1)
                .ThenBy(static one => one.IsWhole ? 0 : 1).ThenBy(static one => one.Word.Length)
                .Take(MostNearest).Select(static one => (one.Word, one.Edits)),
        ];
    }

    // A letter that a term lacks takes an edit: those that lack so many at most, several at once looked at.
    private static List<int> WithLetters(Shelf shelf, uint wanted, int most)
    {
        var places = new List<int>();
        var all = MemoryMarshal.Cast<uint, Vector<uint>>(shelf.Letters.AsSpan(0, shelf.Count));
        for (var i = 0; i < all.Length; i++)
        {
            // Without its lowest bit, as often as there may be one.
            var lacking = Vector.AndNot(new Vector<uint>(wanted), all[i]);
            for (var edit = 0; edit < most; edit++)
                lacking &= lacking - Vector<uint>.One;

            if (Vector.EqualsAny(lacking, Vector<uint>.Zero))
                AddThose(i * Vector<uint>.Count, (i + 1) * Vector<uint>.Count);
        }

        AddThose(all.Length * Vector<uint>.Count, shelf.Count);
        return places;

        void AddThose(int from, int to)
        {
            for (var place = from; place < to; place++)
            {
                if (BitOperations.PopCount(wanted & ~shelf.Letters[place]) <= most)
                    places.Add(place);
            }
        }
    }

    private static bool IsWord(string term) =>
        term.Length is >= ShortestWord and <= LongestWord && term.All(char.IsLetter);

    private static uint LettersOf(string word)
    {
        var letters = 0u;
        foreach (var letter in word)
            letters |= 1u << (letter & 31);

        return letters;
    }

    private sealed record Shelf(string[] Words, uint[] Letters, int Count);
}
