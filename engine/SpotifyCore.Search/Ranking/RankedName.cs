using System.Text;
using SpotifyCore.Search.Indexing;
using SpotifyCore.Search.Querying;
using SpotifyCore.Search.Segments;

namespace SpotifyCore.Search.Ranking;

/// <summary>
/// All that was typed as one name, without spaces: as the terms of a segment that are names, and as an artist and a
/// title run together.
/// </summary>
internal sealed class RankedName
{
    private readonly Segment _segment;
    private readonly byte[] _typed;
    private readonly TermRange _titles;
    private readonly TermRange _artists;

    /// <summary>Looks it up.</summary>
    public RankedName(Segment segment, string key)
    {
        _segment = segment;
        _typed = Encoding.UTF8.GetBytes(key);
        Artist = Find(Marks.ArtistKey, key);
        Title = Find(Marks.TitleKey, key);
        Album = Find(Marks.AlbumKey, key);
        _artists = Find(Marks.ArtistKey, "");
        _titles = Find(Marks.TitleKey, "");
    }

    /// <summary>Artists who are called so, or whose names begin so.</summary>
    public TermRange Artist { get; }

    /// <summary>Titles that are, or begin with, what was typed.</summary>
    public TermRange Title { get; }

    /// <summary>Releases likewise.</summary>
    public TermRange Album { get; }

    /// <summary>Adds the entries to a set of which a name is this, or begins with it.</summary>
    /// <param name="set">One of the segment's entries.</param>
    /// <param name="isWhole">Whether it is all of the name.</param>
    /// <param name="group">If given, by what the entries are grouped: other names don't count.</param>
    public void Select(Span<ulong> set, bool isWhole, SearchGroup? group)
    {
        ReadOnlySpan<TermRange> names = group switch
        {
            SearchGroup.Artist => [Artist],
            SearchGroup.Release => [Artist, Album],
            _ => [Artist, Title, Album],
        };
        foreach (var range in names)
            _segment.Add(isWhole ? range.Whole : range, set);
    }

    /// <summary>
    /// Whether it is an artist and a title of an entry; either may come first: "queen bohemian rhapsody", "bohemian
    /// rhapsody queen".
    /// </summary>
    public bool IsArtistWithTitle(ReadOnlySpan<int> entry)
    {
        ReadOnlySpan<byte> typed = _typed;
        foreach (var title in entry.In(_titles))
        {
            var name = _segment.Term(title)[1..];
            if (name.Length < typed.Length
                && ((typed.StartsWith(name) && HasArtist(entry, typed[name.Length..]))
                    || (typed.EndsWith(name) && HasArtist(entry, typed[..^name.Length]))))
                return true;
        }

        return false;
    }

    private bool HasArtist(ReadOnlySpan<int> entry, ReadOnlySpan<byte> wanted)
    {
        foreach (var artist in entry.In(_artists))
        {
            if (_segment.Term(artist)[1..].SequenceEqual(wanted))
                return true;
        }

        return false;
    }

    private TermRange Find(char mark, string key) => _segment.Find(Encoding.UTF8.GetBytes(mark + key));
}
