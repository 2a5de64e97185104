using System.Globalization;
using SpotifyCore.Content.Text;
using SpotifyCore.Contracts;
using SpotifyCore.Import.Masters;

namespace SpotifyCore.Import.Running;

/// <summary>
/// One line that stays at the bottom: count, time left, what is decoded, rate, and what is worked on; above it what
/// went wrong.
/// </summary>
internal sealed class TerminalProgress(TextWriter output, Func<int> width) : IImportProgress
{
    private const string ClearLine = "\r\u001b[K";

    private ImportTotals? _totals;

    /// <inheritdoc/>
    public void Begin(ImportTotals totals)
    {
        _totals = totals;
        output.WriteLine($"{totals.Files} sound {(totals.Files == 1 ? "file" : "files")} to import");
        Tick();
    }

    /// <inheritdoc/>
    public void Show(ImportResult result)
    {
        foreach (var problem in ProblemsOf(result))
            output.WriteLine($"{ClearLine}{problem}");
    }

    /// <summary>A line for people for each thing to be said of a source; plain text.</summary>
    public static IEnumerable<string> ProblemsOf(ImportResult result)
    {
        if (result.Status == ImportStatus.Removed)
            yield return PlainText.Of($"removed by hand: {result.Source.Name}");

        var kind = result.Status switch
        {
            ImportStatus.Failed => "failed",
            ImportStatus.Incomplete => "copies missing",
            _ => "warning",
        };
        foreach (var problem in result.Problems)
            yield return PlainText.Of($"{kind}: {result.Source.Name}: {problem}");
    }

    /// <inheritdoc/>
    public void ShowGone(CataloguedSource source)
    {
        output.WriteLine($"{ClearLine}{PlainText.Of($"gone: {source.Location}: {source.Title}")}");
        Tick();
    }

    /// <inheritdoc/>
    public void Tick()
    {
        var left = _totals!.Left is { } time ? $"{Format(time)} left" : "time left unknown";
        var decoded = $"{_totals.DecodedBytes / 1e6:0} MB decoded";
        var underWay = string.Join(", ", _totals.UnderWay.Select(static source => PlainText.Of(source.Title)));
        var line = $"{_totals.Done}/{_totals.Files}  {left}  {decoded}  {_totals.TimesRealTime:0.0} x real time  {underWay}";
        var room = Math.Max(20, width() - 1);
        output.Write(ClearLine + (line.Length > room ? line[..room] : line));
        output.Flush();
    }

    /// <inheritdoc/>
    public void Note(string kind, string text)
    {
        output.WriteLine($"{ClearLine}{PlainText.Of(text)}");
        output.Flush();
    }

    /// <inheritdoc/>
    public void End(bool isInterrupted)
    {
        var sound = Format(_totals!.Sound);
        output.WriteLine(
            $"{ClearLine}{_totals.Imported} imported ({sound} of sound in {Format(_totals.Elapsed)}, "
            + $"{_totals.TimesRealTime:0.0} x real time), {_totals.Known} known, {_totals.Failed} failed");
        if (_totals.Updated > 0)
            output.WriteLine($"{_totals.Updated} known had other tags or places, which the catalogue has now");
        if (_totals.Removed > 0)
            output.WriteLine($"{_totals.Removed} were removed by hand, and stay out unless --restore brings them back");
        if (_totals.Gone > 0)
            output.WriteLine(_totals.Pruned is { } pruned
                ? $"{_totals.Gone} sources are gone, and {pruned} tracks left the catalogue with them"
                : $"{_totals.Gone} sources are gone; --prune takes what they were out of the catalogue");
        if (_totals.Restored > 0)
            output.WriteLine($"{_totals.Restored} known had lost copies, which are stored again");
        if (_totals.Incomplete > 0)
            output.WriteLine($"{_totals.Incomplete} can be played, but are not at all of their masters yet:");
        foreach (var (master, files) in _totals.Missing)
        {
            output.WriteLine(
                $"{MissingCopy.Files(files)} no copy at master {master}; it fetches them by itself when it is back");
        }

        var why = _totals.Stopped is { } reason ? $"Stopped: {reason};" : "Interrupted with";
        if (isInterrupted)
            output.WriteLine($"{why} {_totals.Files - _totals.Done} left; the same command goes on from here.");

        output.Flush();
    }

    private static string Format(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");
}
