using System.Globalization;

namespace SpotifyCore.Import.Tags.Fields;

/// <summary>Genres as tags write them: names, numbers of ID3v1, or both in the notation of ID3v2.</summary>
internal static class GenreText
{
    // ID3v1's 80 genres and those that Winamp added.
    private static readonly string[] Names =
    [
        "Blues", "Classic Rock", "Country", "Dance", "Disco", "Funk", "Grunge", "Hip-Hop", "Jazz", "Metal",
        "New Age", "Oldies", "Other", "Pop", "R&B", "Rap", "Reggae", "Rock", "Techno", "Industrial",
        "Alternative", "Ska", "Death Metal", "Pranks", "Soundtrack", "Euro-Techno", "Ambient", "Trip-Hop",
        "Vocal", "Jazz+Funk", "Fusion", "Trance", "Classical", "Instrumental", "Acid", "House", "Game",
        "Sound Clip", "Gospel", "Noise", "Alternative Rock", "Bass", "Soul", "Punk", "Space", "Meditative",
        "Instrumental Pop", "Instrumental Rock", "Ethnic", "Gothic", "Darkwave", "Techno-Industrial",
        "Electronic", "Pop-Folk", "Eurodance", "Dream", "Southern Rock", "Comedy", "Cult", "Gangsta Rap",
        "Top 40", "Christian Rap", "Pop/Funk", "Jungle", "Native American", "Cabaret", "New Wave",
        "Psychedelic", "Rave", "Showtunes", "Trailer", "Lo-Fi", "Tribal", "Acid Punk", "Acid Jazz", "Polka",
        "Retro", "Musical", "Rock & Roll", "Hard Rock", "Folk", "Folk-Rock", "National Folk", "Swing",
        "Fast-Fusion", "Bebop", "Latin", "Revival", "Celtic", "Bluegrass", "Avantgarde", "Gothic Rock",
        "Progressive Rock", "Psychedelic Rock", "Symphonic Rock", "Slow Rock", "Big Band", "Chorus",
        "Easy Listening", "Acoustic", "Humour", "Speech", "Chanson", "Opera", "Chamber Music", "Sonata",
        "Symphony", "Booty Bass", "Primus", "Porn Groove", "Satire", "Slow Jam", "Club", "Tango", "Samba",
        "Folklore", "Ballad", "Power Ballad", "Rhythmic Soul", "Freestyle", "Duet", "Punk Rock", "Drum Solo",
        "A Cappella", "Euro-House", "Dance Hall", "Goa", "Drum & Bass", "Club-House", "Hardcore", "Terror",
        "Indie", "BritPop", "Afro-Punk", "Polsk Punk", "Beat", "Christian Gangsta Rap", "Heavy Metal",
        "Black Metal", "Crossover", "Contemporary Christian", "Christian Rock", "Merengue", "Salsa",
        "Thrash Metal", "Anime", "JPop", "Synthpop", "Abstract", "Art Rock", "Baroque", "Bhangra", "Big Beat",
        "Breakbeat", "Chillout", "Downtempo", "Dub", "EBM", "Eclectic", "Electro", "Electroclash", "Emo",
        "Experimental", "Garage", "Global", "IDM", "Illbient", "Industro-Goth", "Jam Band", "Krautrock",
        "Leftfield", "Lounge", "Math Rock", "New Romantic", "Nu-Breakz", "Post-Punk", "Post-Rock", "Psytrance",
        "Shoegaze", "Space Rock", "Trop Rock", "World Music", "Neoclassical", "Audiobook", "Audio Theatre",
        "Neue Deutsche Welle", "Podcast", "Indie Rock", "G-Funk", "Dubstep", "Garage Rock", "Psybient",
    ];

    /// <summary>The name of a number of ID3v1; empty for one that has none.</summary>
    public static string NameOf(int number) => number >= 0 && number < Names.Length ? Names[number] : "";

    /// <summary>
    /// The genres of a text, a refinement before what it refines: <c>17</c> and <c>(17)</c> are Rock,
    /// <c>(4)Eurodisco</c> is Eurodisco and Disco, <c>(51)(39)</c> is Trance and Noise, <c>((Foo)</c> is (Foo).
    /// </summary>
    public static IReadOnlyList<string> Read(string text)
    {
        var genres = new List<string>();
        while (text.Length > 2 && text[0] == '(' && text[1] != '(' && text.IndexOf(')', 2) is > 0 and var end
            && Known(text[1..end]) is { } name)
        {
            genres.Add(name);
            text = text[(end + 1)..].TrimStart();
        }

        if (text.StartsWith("((", StringComparison.Ordinal))
            text = text[1..];
        if (text.Length > 0)
            genres.Insert(0, Known(text) ?? text);

        return [.. genres.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static string? Known(string notation) => notation switch
    {
        "RX" => "Remix",
        "CR" => "Cover",
        _ => int.TryParse(notation, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && NameOf(number) is { Length: > 0 } name
                ? name
                : null,
    };
}
