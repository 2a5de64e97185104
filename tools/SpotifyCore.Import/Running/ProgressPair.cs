using SpotifyCore.Contracts;

namespace SpotifyCore.Import.Running;

/// <summary>Shows the same progress in two places.</summary>
internal sealed class ProgressPair(IImportProgress one, IImportProgress other) : IImportProgress
{
    /// <inheritdoc/>
    public void Begin(ImportTotals totals)
    {
        one.Begin(totals);
        other.Begin(totals);
    }

    /// <inheritdoc/>
    public void Show(ImportResult result)
    {
        one.Show(result);
        other.Show(result);
    }

    /// <inheritdoc/>
    public void ShowGone(CataloguedSource source)
    {
        one.ShowGone(source);
        other.ShowGone(source);
    }

    /// <inheritdoc/>
    public void Tick()
    {
        one.Tick();
        other.Tick();
    }

    /// <inheritdoc/>
    public void Note(string kind, string text)
    {
        one.Note(kind, text);
        other.Note(kind, text);
    }

    /// <inheritdoc/>
    public void End(bool isInterrupted)
    {
        one.End(isInterrupted);
        other.End(isInterrupted);
    }
}
