namespace SpotifyCore.Import.Tests.EndToEnd;

/// <summary>The system's clock, put forward.</summary>
internal sealed class ShiftedTimeProvider : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Volatile.Read(ref _ahead));

    public void Advance(TimeSpan span) => Interlocked.Add(ref _ahead, span.Ticks);
}
