using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Tiers;

namespace SpotifyCore.Node.Tiers;

/// <summary>
/// Carries out what a resolver decides for one read after another: asks, waits, asks another as well, takes the first
/// hit and gives the others up. Safe for many threads.
/// </summary>
internal sealed class TierWalk(TierResolver resolver, TimeProvider time)
{
    /// <summary>
    /// Reads from the first of <paramref name="tiers"/> that has the range's first chunk; says which it was. The memory
    /// of the answer is held for the caller.
    /// </summary>
    public async ValueTask<TierAnswer> ReadAsync(
        IReadOnlyList<IChunkSource> tiers, ChunkRequest request, CancellationToken cancellationToken)
    {
        var attempts = default(TierAttempts);
        var asked = new List<TierAsk>(tiers.Count);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (true)
            {
                var now = time.GetInstant();
                var step = resolver.Next(attempts, now, request.Deadline, request.LocalOnly);
                if (step.Kind == TierStepKind.GiveUp)
                    return new TierAnswer(-1, ResultOf(step.Status), null);

                if (step.Kind == TierStepKind.Ask)
                {
                    attempts.Ask(step.Tier, now);
                    asked.Add(TierAsk.Begin(step.Tier, tiers[step.Tier], request, over.Token));
                }
                else if (await FirstAsync(asked, step.Until - now, cancellationToken) is { } answered)
                {
                    asked.Remove(answered);
                    var answer = await answered.TakeAsync();
                    if (answer.Result.Status == ChunkReadStatus.Found)
                        return answer with { Result = answer.Result with { Tier = resolver[answered.Tier].Tier } };

                    attempts.Fail(answered.Tier, answer.Result.Status);
                }
            }
        }
        finally
        {
            await over.CancelAsync();
            foreach (var ask in asked)
                ask.Abandon();
        }
    }

    private async ValueTask<TierAsk?> FirstAsync(
        List<TierAsk> asked, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            var first = asked.Count == 1 ? asked[0].Done : Task.WhenAny(asked.Select(static ask => ask.Done));
            await first.WaitAsync(Timers.Clamp(patience), time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }

        return asked.Find(static ask => ask.Done.IsCompleted);
    }

    private static ChunkReadResult ResultOf(ChunkReadStatus status) => status switch
    {
        ChunkReadStatus.NotFound => ChunkReadResult.NotFound,
        ChunkReadStatus.Busy => ChunkReadResult.Busy,
        _ => ChunkReadResult.Unavailable,
    };
}
