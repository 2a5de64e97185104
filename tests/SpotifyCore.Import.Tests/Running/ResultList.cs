using SpotifyCore.Contracts;
using SpotifyCore.Import.Running;

namespace SpotifyCore.Import.Tests.Running;

/// <summary>What became of each source, for who asks afterwards.</summary>
internal sealed class ResultList : IImportProgress
{
    public List<ImportResult> All { get; } = [];

    public void Begin(ImportTotals totals)
    {
    }

    public void Show(ImportResult result) => All.Add(result);

    public void ShowGone(CataloguedSource source)
    {
    }

    public void Tick()
    {
    }

    public void Note(string kind, string text)
    {
    }

    public void End(bool isInterrupted)
    {
    }
}
