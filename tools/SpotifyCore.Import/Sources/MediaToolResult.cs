namespace SpotifyCore.Import.Sources;

/// <summary>How a run of ffmpeg or ffprobe ended.</summary>
/// <param name="ExitCode">0 when it did what it was asked.</param>
/// <param name="Report">Lines of its standard error.</param>
internal sealed record MediaToolResult(int ExitCode, IReadOnlyList<string> Report)
{
    /// <summary>The last thing it said, without the address of the part that said it.</summary>
    public string LastWords
    {
        get
        {
            var line = Report.LastOrDefault(static line => line.Trim().Length > 0) ?? "no reason given";
            return MediaReport.Clean(line);
        }
    }
}
