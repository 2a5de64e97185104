namespace SpotifyCore.Import.Parts;

/// <summary>A stretch of a file that is decoded by itself, as what lies before it has another form.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="End">Where it ends; 0 at the end of the file.</param>
internal readonly record struct FilePart(long Start, long End)
{
    /// <summary>The file as it is.</summary>
    public static readonly FilePart Whole = new(0, 0);

    /// <summary>The most that a file is cut into; what follows stays in the last.</summary>
    public const int Most = 4_096;

    /// <summary>What ffmpeg takes to read the part.</summary>
    public string InputOf(string path) =>
        this == Whole ? $"file:{path}" : $"subfile,,start,{Start},end,{End},,:file:{path}";

    /// <summary>The parts that begin at these places.</summary>
    public static IReadOnlyList<FilePart> From(IReadOnlyList<long> starts) =>
        [.. starts.Select((start, i) => new FilePart(start, i + 1 < starts.Count ? starts[i + 1] : 0))];
}
