using System.Text.RegularExpressions;

namespace SpotifyCore.Import.Sources;

/// <summary>
/// Reads what ffmpeg reports, at log level <c>level+info</c>: damage, and changes inside.
/// </summary>
internal static partial class MediaReport
{
    private const int MaxWarnings = 3;

    /// <summary>Lines that tell of damaged or missing sound, at most a few.</summary>
    public static IReadOnlyList<string> FindDamage(IEnumerable<string> report) =>
        [.. report.Where(IsDamage).Select(Clean).Distinct().Take(MaxWarnings)];

    /// <summary>
    /// True when the form of the sound changed on the way, as the filter that tells began anew, or was never at this rate.
    /// </summary>
    public static bool HasChange(IEnumerable<string> report, int rate)
    {
        var ofOutput = report.SkipWhile(static line => !line.Contains("Output #0", StringComparison.Ordinal)).ToList();
        return ofOutput.Count(static line => line.EndsWith("Summary:", StringComparison.Ordinal)) > 1
            || (ofOutput.Find(static line => Rate().IsMatch(line)) is { } line
                && Rate().Match(line).Groups["value"].Value != $"{rate}");
    }

    /// <summary>A line without the marks of the part that wrote it.</summary>
    public static string Clean(string line) => Marks().Replace(line, "").Trim();

    // The times that the output of raw samples is given have no meaning, and what it says of them neither.
    private static bool IsDamage(string line) =>
        Damage().IsMatch(line) && !line.StartsWith("[s16le", StringComparison.Ordinal)
        && !line.StartsWith("[f32le", StringComparison.Ordinal);

    [GeneratedRegex(
        @"\[(error|fatal)\]|\[warning\].*(corrupt|do not match|truncat|premature|invalid)",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1_000)]
    private static partial Regex Damage();

    [GeneratedRegex(@"Stream #0:0.*: Audio: .*, (?<value>\d+) Hz", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Rate();

    [GeneratedRegex(@"\[[^\]]*( @ 0x[0-9a-f]+|error|warning|fatal|info)\]\s*", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Marks();
}
