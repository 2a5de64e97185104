using SpotifyCore.Search.Indexing;

namespace SpotifyCore.Micro.Search;

/// <summary>
/// A catalogue of any size, always the same: words, artists and plays by Zipf's law, as they are in real ones.
/// </summary>
internal sealed class MadeCatalogue
{
    private const int Words = 60_000;
    private const int TracksOfArtist = 10;

    private static readonly string[] Syllables =
    [
        "ba", "be", "bo", "ca", "ce", "chi", "da", "de", "do", "el", "en", "er", "fa", "fe", "ga", "gre", "ha", "he", "in",
        "is", "ja", "ka", "la", "le", "li", "lo", "ma", "me", "mi", "mo", "na", "ne", "no", "on", "or", "pa", "pe", "ra",
        "re", "ri", "ro", "sa", "se", "sha", "si", "so", "ta", "te", "the", "ti", "to", "tra", "un", "va", "ve", "wa",
        "ló", "né", "ör", "ça", "ша", "ре", "но", "ла", "夜", "花", "恋", "の", "사", "랑", "ا", "ل", "م",
    ];

    private readonly Random _random = new(7);
    private readonly string[] _words;
    private readonly string[] _artists;

    /// <summary>A catalogue of so many tracks.</summary>
    public MadeCatalogue(int tracks)
    {
        Count = tracks;
        _words = [.. Enumerable.Range(0, Words).Select(_ => Word())];
        _artists = [.. Enumerable.Range(0, Math.Max(1, tracks / TracksOfArtist)).Select(_ => Name(1, 3))];
    }

    /// <summary>How many tracks.</summary>
    public int Count { get; }

    /// <summary>The tracks from one to another.</summary>
    public IEnumerable<SearchEntry> Tracks(int from, int count)
    {
        for (var number = from; number < from + count; number++)
        {
            var artist = Zipf(_artists.Length);
            yield return new SearchEntry
            {
                Id = $"track{number}",
                Title = Name(1, 4),
                Artists = [_artists[artist]],
                Album = Name(1, 3),
                Year = 1950 + _random.Next(75),
                Genre = _words[_random.Next(200)],
                Plays = (long)(1e8 / (1 + artist) / (1 + _random.Next(40))),
            };
        }
    }

    /// <summary>What listeners type, letter by letter: names of tracks, popular ones more often, some mistyped.</summary>
    public IEnumerable<string> Keystrokes(IReadOnlyList<SearchEntry> tracks, int queries)
    {
        for (var i = 0; i < queries; i++)
        {
            var track = tracks[Zipf(tracks.Count)];
            var typed = (i % 3) switch
            {
                0 => track.Title,
                1 => track.Artists[0],
                _ => $"{track.Artists[0]} {track.Title}",
            };
            if (i % 8 == 0 && typed.Length > 5)
                typed = typed.Remove(2 + _random.Next(typed.Length - 3), 1);

            for (var length = 1; length <= Math.Min(typed.Length, 24); length++)
                yield return typed[..length];
        }
    }

    private string Name(int least, int most) =>
        string.Join(' ', Enumerable.Range(0, _random.Next(least, most + 1)).Select(_ => _words[Zipf(_words.Length)]));

    private string Word() =>
        string.Concat(Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Syllables[_random.Next(Syllables.Length)]));

    // Of the k-th, 1/k as many as of the first.
    private int Zipf(int count) => Math.Min(count - 1, (int)Math.Exp(_random.NextDouble() * Math.Log(count)));
}
