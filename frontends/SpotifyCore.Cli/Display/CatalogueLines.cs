using System.Globalization;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Display;

/// <summary>What a librarian reads.</summary>
internal static class CatalogueLines
{
    private const int HandleLength = 8;

    /// <summary>The beginning of an id, which is enough to type.</summary>
    public static string Handle(string id) => id[..Math.Min(HandleLength, id.Length)];

    /// <summary>A track or a release among several that may be meant, with its whole id.</summary>
    public static string Choice(CatalogueEntry entry) =>
        $"{entry.Id,-32}  {(entry.IsRelease ? $"release {Release(entry)}" : $"track {Track(entry)}")}";

    /// <summary>A release in a list.</summary>
    public static string ReleaseLine(CatalogueEntry release) => $"{Handle(release.Id)}  {Release(release)}";

    /// <summary>The release that the tracks below it in a list are on.</summary>
    public static string Heading(Track track) => track.Album.Length == 0
        ? "on no release"
        : $"{Handle(track.Album)}  {track.AlbumTitle}, {TextLines.Count(track.AlbumTracks, "track")}";

    /// <summary>A track in a list, below its release.</summary>
    public static string TrackLine(Track track) =>
        $"  {Handle(track.Track_)}  {Place(track.Disc, track.Number),6}  {Position.Format(track.DurationMs),7}  "
        + TextLines.Name(track);

    /// <summary>A line of the log.</summary>
    public static string Logged(Mend mend)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(mend.TimeUnixMs).ToLocalTime();
        var undone = mend.Undone > 0 ? string.Create(CultureInfo.InvariantCulture, $" (undone by {mend.Undone})") : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{mend.Number,6}  {time:yyyy-MM-dd HH:mm:ss}  {mend.Account}: {mend.What}{undone}");
    }

    /// <summary>All that is known of a track or a release.</summary>
    public static IEnumerable<string> Details(EntryDetails details) =>
        details.Entry.IsRelease ? OfRelease(details) : OfTrack(details);

    private static IEnumerable<string> OfTrack(EntryDetails details)
    {
        var (entry, tags) = (details.Entry, details.Tags);
        yield return $"track      {entry.Id}{State(entry)}";
        yield return Field("title", "title", entry.Title, tags.Title);
        yield return Field("artists", "artists", Names(entry.Artists), Names(tags.Artists));
        yield return Field("album", "album", entry.AlbumTitle, tags.AlbumTitle)
            + (entry.Album.Length > 0 ? $"  (release {entry.Album})" : "");
        yield return Field("disc", "disc", Number(entry.Disc), Number(tags.Disc));
        yield return Field("number", "number", Number(entry.Number), Number(tags.Number));
        yield return Field("year", "year", Number(entry.Year), Number(tags.Year));
        yield return Field("genre", "genre", entry.Genre, tags.Genre);
        yield return $"length     {Position.Format(entry.DurationMs)}";
        yield return $"recording  {details.Recording}";
        yield return string.Create(CultureInfo.InvariantCulture, $"plays      {details.Plays}");
        foreach (var source in details.Sources)
            yield return $"source     {(source.Location.Length > 0 ? source.Location : source.Name)}";
        foreach (var merged in details.Merged)
            yield return $"with it    {merged.Id}  {Track(merged)}";

        string Field(string label, string name, string shown, string told) =>
            $"{label,-9}  {(shown.Length > 0 ? shown : "none")}" + Mended(details, name, told);
    }

    private static IEnumerable<string> OfRelease(EntryDetails details)
    {
        var (entry, tags) = (details.Entry, details.Tags);
        yield return $"release    {entry.Id}{State(entry)}";
        yield return $"title      {entry.Title}{Mended(details, "title", tags.AlbumTitle)}";
        yield return $"artists    {Names(entry.Artists)}{Mended(details, "artists", Names(tags.AlbumArtists))}";
        yield return $"year       {(entry.Year > 0 ? Number(entry.Year) : "none")}"
            + (details.Mended.Contains("year") ? "  (by hand)" : "");
        if (entry.Genre.Length > 0)
            yield return $"genre      {entry.Genre}  (by hand)";
        foreach (var merged in details.Merged)
            yield return $"with it    {merged.Id}  {Release(merged)}";
        foreach (var track in details.Tracks)
        {
            yield return $"  {Handle(track.Entry.Id)}  {Place(track.Entry.Disc, track.Entry.Number),6}  "
                + $"{Position.Format(track.Entry.DurationMs),7}  {Track(track.Entry)}{State(track.Entry)}"
                + (track.Mended.Count > 0 ? $"  (by hand: {string.Join(", ", track.Mended)})" : "");
            foreach (var source in track.Sources)
                yield return $"{"",29}{(source.Location.Length > 0 ? source.Location : source.Name)}";
        }
    }

    private static string Mended(EntryDetails details, string field, string told) => details.Mended.Contains(field)
        ? $"  (by hand; the tags say {(told.Length > 0 ? told : "nothing")})"
        : "";

    private static string State(CatalogueEntry entry) => entry switch
    {
        { Removed: > 0 } => string.Create(CultureInfo.InvariantCulture, $"  (removed by change {entry.Removed})"),
        { Merged.Length: > 0 } => $"  (one with {entry.Merged})",
        _ => "",
    };

    private static string Release(CatalogueEntry release) =>
        $"{release.Title} by {Names(release.Artists)}, "
        + (release.Year > 0 ? $"{Number(release.Year)}, " : "")
        + TextLines.Count(release.Tracks, "track");

    private static string Track(CatalogueEntry track) =>
        track.Artists.Count == 0 ? track.Title : $"{Names(track.Artists)} - {track.Title}";

    private static string Names(IReadOnlyCollection<string> names) =>
        names.Count > 0 ? string.Join(", ", names) : "nobody known";

    private static string Number(int number) => number == 0 ? "" : number.ToString(CultureInfo.InvariantCulture);

    private static string Place(int disc, int number) =>
        number == 0 ? "" : disc > 0 ? $"{Number(disc)}-{Number(number)}" : Number(number);
}
