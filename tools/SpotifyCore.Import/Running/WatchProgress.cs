using System.Globalization;
using SpotifyCore.Content.Text;
using SpotifyCore.Contracts;

namespace SpotifyCore.Import.Running;

/// <summary>One line for all that came in at once, and one for each problem.</summary>
internal sealed class WatchProgress(TextWriter output, TimeProvider time) : IImportProgress
{
    private ImportTotals? _totals;

    /// <inheritdoc/>
    public void Begin(ImportTotals totals) => _totals = totals;

    /// <inheritdoc/>
    public void Show(ImportResult result)
    {
        foreach (var problem in TerminalProgress.ProblemsOf(result))
            output.WriteLine(problem);
    }

    /// <inheritdoc/>
    public void ShowGone(CataloguedSource source) =>
        output.WriteLine(PlainText.Of($"gone: {source.Location}: {source.Title}"));

    /// <inheritdoc/>
    public void Tick()
    {
        // What comes in is told when it is in.
    }

    /// <inheritdoc/>
    public void Note(string kind, string text)
    {
        output.WriteLine(PlainText.Of(text));
        output.Flush();
    }

    /// <inheritdoc/>
    public void End(bool isInterrupted)
    {
        (int Count, string What)[] counts =
        [
            (_totals!.Imported, "imported"), (_totals.Updated, "updated"), (_totals.Restored, "restored"),
            (_totals.Known, "known"), (_totals.Removed, "removed by hand"), (_totals.Incomplete, "without all copies"),
            (_totals.Failed, "failed"), (_totals.Gone, _totals.Pruned is null ? "gone" : "gone and taken out"),
        ];
        var came = string.Join(
            ", ", counts.Where(static one => one.Count > 0)
                .Select(static one => string.Create(CultureInfo.InvariantCulture, $"{one.Count} {one.What}")));
        var now = time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        Note("summary", $"{now}  {(came.Length > 0 ? came : "nothing has changed")}");
    }
}
