using System.Globalization;
using SpotifyCore.Backend.Catalogue;

namespace SpotifyCore.Backend.Mending;

/// <summary>Tracks, releases and what becomes of them in words, as the log has them.</summary>
internal static class EntryWords
{
    private const int HandleLength = 8;

    /// <summary>The beginning of an id, which is enough to type.</summary>
    public static string Handle(string id) => id[..Math.Min(HandleLength, id.Length)];

    /// <summary>A track.</summary>
    public static string Of(TrackEntry track) =>
        $"track {Handle(track.Id)} \"{track.Shown.Title}\"{By(track.Shown.Artists)}";

    /// <summary>A release.</summary>
    public static string Of(ReleaseEntry release) =>
        $"release {Handle(release.Id)} \"{release.Title}\"{By(release.Artists)}";

    /// <summary>So many tracks.</summary>
    public static string Tracks(int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "track" : "tracks")}");

    /// <summary>Numbers of mends, as in "changes 4 and 7".</summary>
    public static string Changes(IReadOnlyList<long> mends)
    {
        string[] numbers = [.. mends.Take(10).Select(static one => one.ToString(CultureInfo.InvariantCulture))];
        return mends.Count switch
        {
            1 => $"change {numbers[0]}",
            <= 10 => $"changes {string.Join(", ", numbers[..^1])} and {numbers[^1]}",
            _ => $"changes {string.Join(", ", numbers)} and others",
        };
    }

    /// <summary>A field that was one thing and is another.</summary>
    public static string Changed(string field, string before, string after) =>
        $"{field} {Value(before)} is now {Value(after)}";

    private static string Value(string value) => value.Length == 0 ? "none" : $"\"{Names(value)}\"";

    private static string By(string artists) => artists.Length == 0 ? "" : $" by {Names(artists)}";

    private static string Names(string joined) => string.Join(", ", TrackRows.Split(joined));
}
