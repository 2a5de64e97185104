using SpotifyCore.Import.Masters;
using SpotifyCore.Import.Sources;

namespace SpotifyCore.Import.Running;

/// <summary>What became of a source.</summary>
/// <param name="Source">The file.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Track">The track's id; empty when it failed.</param>
/// <param name="Title">Its title; empty unless its tags were read now.</param>
/// <param name="Duration">How long it sounds; zero unless it was decoded now.</param>
/// <param name="Problems">Why it failed, or what was wrong with it.</param>
internal sealed record ImportResult(
    SourceFile Source,
    ImportStatus Status,
    string Track,
    string Title,
    TimeSpan Duration,
    IReadOnlyList<string> Problems)
{
    /// <summary>What ffmpeg said of what is wrong with it, for who looks into it; empty when it said nothing.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Whether it failed for a reason that may pass: a server that was out of reach, a disk that was full.</summary>
    public bool MayPass { get; init; }

    /// <summary>The copies of its files that are not known to be where they belong.</summary>
    public IReadOnlyList<MissingCopy> Missing { get; init; } = [];

    /// <summary>A source that was imported before.</summary>
    public static ImportResult Known(SourceFile source, string track) =>
        new(source, ImportStatus.Known, track, "", TimeSpan.Zero, []);

    /// <summary>A source that was imported before, and that the catalogue has as it is now.</summary>
    public static ImportResult Updated(
        SourceFile source, string track, string title, IReadOnlyList<string> problems) =>
        new(source, ImportStatus.Updated, track, title, TimeSpan.Zero, problems);

    /// <summary>A source that was imported before, and a copy of whose files is not known to be there.</summary>
    public static ImportResult Incomplete(SourceFile source, string track, IReadOnlyList<MissingCopy> missing) =>
        new(source, ImportStatus.Incomplete, track, "", TimeSpan.Zero, MissingCopy.Describe(missing))
        {
            Missing = missing,
        };

    /// <summary>A source whose track was removed from the catalogue by hand.</summary>
    public static ImportResult Removed(SourceFile source, string track) =>
        new(source, ImportStatus.Removed, track, "", TimeSpan.Zero, []);

    /// <summary>A source that can't be imported.</summary>
    public static ImportResult Failed(SourceFile source, string reason) =>
        new(source, ImportStatus.Failed, "", "", TimeSpan.Zero, [reason]);
}
