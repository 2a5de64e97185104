using System.Globalization;
using SpotifyCore.Content.Names;

namespace SpotifyCore.Search.Indexing;

/// <summary>The terms by which an entry is found, each with its mark.</summary>
internal static class EntryTerms
{
    /// <summary>A year as a term: four digits, so that years stand in order.</summary>
    public static string OfYear(int year) => Marks.Year + year.ToString("D4", CultureInfo.InvariantCulture);

    /// <summary>An id as a term.</summary>
    public static string OfId(string id) => Marks.Id + id;

    /// <summary>All terms of an entry, each once; adds the words of its title and artists to those that are known.</summary>
    public static HashSet<string> Of(SearchEntry entry, ICollection<string> words)
    {
        var terms = new HashSet<string>(StringComparer.Ordinal) { OfId(entry.Id) };
        var ofArtist = entry.Artists.Concat(entry.Aliases);
        Add(terms, Marks.TitleKey, NameTerms.Keys(entry.Title));
        Add(terms, Marks.AlbumKey, NameTerms.Keys(entry.Album));
        Add(terms, Marks.ArtistKey, ofArtist.SelectMany(NameTerms.Keys));
        Add(terms, Marks.TitleWord, WordsOf([entry.Title], words));
        Add(terms, Marks.ArtistWord, WordsOf(ofArtist, words));
        Add(terms, Marks.AlbumWord, WordsOf([entry.Album], []));
        Add(terms, Marks.Genre, NameTerms.Words(entry.Genre));
        if (entry.Release.Length > 0)
            terms.Add(Marks.Release + entry.Release);
        if (entry.Year > 0)
            terms.Add(OfYear(entry.Year));

        return terms;
    }

    private static void Add(HashSet<string> terms, char mark, IEnumerable<string> added)
    {
        foreach (var term in added)
            terms.Add(mark + term);
    }

    private static List<string> WordsOf(IEnumerable<string> names, ICollection<string> words)
    {
        var terms = new List<string>();
        foreach (var name in names)
            NameTerms.Add(name, terms);
        foreach (var term in terms)
            words.Add(term);

        return terms;
    }
}
