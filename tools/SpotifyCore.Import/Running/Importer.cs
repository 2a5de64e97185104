using System.Threading.Channels;
using SpotifyCore.Import.Masters;
using SpotifyCore.Import.Sources;

namespace SpotifyCore.Import.Running;

/// <summary>Imports many sources side by side and shows how it goes.</summary>
/// <param name="import">Imports one.</param>
/// <param name="progress">Shows it.</param>
/// <param name="time">The clock.</param>
internal sealed class Importer(TrackImport import, IImportProgress progress, TimeProvider time)
{
    // Of those that are not read: they cost no more than to ask the masters, each of which is to have the next questions
    // while it answers the last. A slow disk answers for three files of each in time, should one master own them all.
    private const int UnreadInAQuestion = 64;
    private const int QuestionsAtOnce = 2;

    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>What finds those that are as they were, so that they are not read; null where all are to be.</summary>
    public UnchangedSources? Unchanged { get; init; }

    /// <summary>What looks for sources that are gone once all that are there are imported; null for nothing.</summary>
    public GoneSources? Gone { get; init; }

    /// <summary>
    /// Imports the sources, <paramref name="jobs"/> of them at a time. When cancelled, or when a master's disk is full,
    /// what is under way is given up without a trace and the rest is not begun.
    /// </summary>
    /// <returns>What was done.</returns>
    public async Task<ImportTotals> RunAsync(
        IReadOnlyList<SourceFile> sources, int jobs, CancellationToken cancellationToken)
    {
        var totals = new ImportTotals(sources, time);
        progress.Begin(totals);
        var results = Channel.CreateBounded<ImportResult>(UnreadInAQuestion);
        var working = WorkAsync(totals, jobs, results.Writer, cancellationToken);
        await ShowAsync(results.Reader, totals);
        try
        {
            await working;
            if (Gone is not null)
                await Gone.RunAsync(sources, progress, totals, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The totals say what is left.
        }
        catch (NoSpaceException full)
        {
            totals.Stop(full.Message);
        }

        progress.End(totals.Done < totals.Files);
        return totals;
    }

    private async Task WorkAsync(
        ImportTotals totals, int jobs, ChannelWriter<ImportResult> results, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellationToken };
        try
        {
            var sources = Unchanged is null
                ? totals.Sources
                : await PassUnchangedAsync(Unchanged, totals, results, cancellationToken);
            await SourceSample.LearnAsync(totals, sources, jobs, cancellationToken);
            await Parallel.ForEachAsync(
                sources,
                options,
                async (source, cancelled) => await results.WriteAsync(
                    await import.RunAsync(totals.Begin(source), cancelled), CancellationToken.None));
        }
        finally
        {
            results.Complete();
        }
    }

    // Gives those that are to be read.
    private async Task<IReadOnlyList<SourceFile>> PassUnchangedAsync(
        UnchangedSources unchanged, ImportTotals totals, ChannelWriter<ImportResult> results,
        CancellationToken cancellationToken)
    {
        var known = await unchanged.FindAsync(totals.Sources, cancellationToken);
        var isPassed = new bool[totals.Files];
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = QuestionsAtOnce, CancellationToken = cancellationToken,
        };
        var places = Enumerable.Range(0, totals.Files)
            .Where(place => known.ContainsKey(totals.Sources[place].Location)).Chunk(UnreadInAQuestion);
        await Parallel.ForEachAsync(places, options, async (asked, cancelled) =>
        {
            UnchangedSource[] sources =
            [
                .. asked.Select(place => totals.Sources[place])
                    .Select(source => new UnchangedSource(source, known[source.Location])),
            ];
            var recognised = await import.RecogniseAsync(sources, cancelled);
            foreach (var (place, result) in asked.Zip(recognised))
            {
                if (result is null)
                    continue;

                isPassed[place] = true;
                totals.Begin(result.Source);
                await results.WriteAsync(result, CancellationToken.None);
            }
        });
        return [.. totals.Sources.Where((_, place) => !isPassed[place])];
    }

    private async Task ShowAsync(ChannelReader<ImportResult> results, ImportTotals totals)
    {
        using var ended = new CancellationTokenSource();
        var tick = Task.Delay(TickEvery, time, ended.Token);
        var arrived = results.WaitToReadAsync().AsTask();
        while (true)
        {
            if (await Task.WhenAny(arrived, tick) == tick)
            {
                progress.Tick();
                tick = Task.Delay(TickEvery, time, ended.Token);
                continue;
            }

            if (!await arrived)
                break;

            while (results.TryRead(out var result))
            {
                totals.Add(result);
                progress.Show(result);
            }

            progress.Tick();
            arrived = results.WaitToReadAsync().AsTask();
        }

        await ended.CancelAsync();
    }
}
