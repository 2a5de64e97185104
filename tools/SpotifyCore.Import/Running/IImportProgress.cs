using SpotifyCore.Contracts;

namespace SpotifyCore.Import.Running;

/// <summary>Shows how an import goes. Its members are called one at a time.</summary>
internal interface IImportProgress
{
    /// <summary>The run begins; the totals will be kept up to date.</summary>
    void Begin(ImportTotals totals);

    /// <summary>A source ended; the totals count it already.</summary>
    void Show(ImportResult result);

    /// <summary>A source is in the catalogue and not in the folder any more.</summary>
    void ShowGone(CataloguedSource source);

    /// <summary>Called now and then, and once all that ended at once was shown: now it is seen.</summary>
    void Tick();

    /// <summary>Something that is about no source.</summary>
    /// <param name="kind">A word for it.</param>
    /// <param name="text">A sentence for people.</param>
    void Note(string kind, string text);

    /// <summary>The run is over.</summary>
    /// <param name="isInterrupted">True when it was stopped with sources left.</param>
    void End(bool isInterrupted);
}
