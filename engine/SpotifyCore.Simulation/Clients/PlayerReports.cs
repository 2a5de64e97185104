using SpotifyCore.Content.Time;
using SpotifyCore.Core.Chance;
using SpotifyCore.Core.Events;
using SpotifyCore.Simulation.Timing;

namespace SpotifyCore.Simulation.Clients;

/// <summary>
/// What a player says, on its way to the core. It has a thread of its own, so what it says comes a little later, in its
/// order, and may be about what the core has changed meanwhile.
/// </summary>
internal sealed class PlayerReports(SimClient client) : IDue
{
    private const ulong DelaySeed = 0x7EAD5C2055ED7EAD;

    private readonly Queue<PlayerReport> _waiting = new();
    private SeededRandom _delays = new(client.Network.Options.Seed ^ DelaySeed ^ ((ulong)client.Number << 32));
    private Instant _lastDue = new(0);

    /// <inheritdoc/>
    public int TraceId => client.Number;

    /// <summary>What waits.</summary>
    public int Count => _waiting.Count;

    /// <summary>Forgets all: the program is gone.</summary>
    public void Clear() => _waiting.Clear();

    /// <summary>Something about a play, or about none.</summary>
    /// <param name="kind">What.</param>
    /// <param name="play">The play.</param>
    /// <param name="sample">Where the sound is, or what was handed out.</param>
    public void Post(PlayerReportKind kind, SimPlay? play, long sample = 0)
    {
        var now = client.Time.Now;
        var takes = _delays.Between(TimeSpan.Zero, client.Network.Options.PlayerReportsTake);
        _lastDue = Instant.Max(_lastDue, now + takes);
        _waiting.Enqueue(new PlayerReport(kind, play, sample, now, _lastDue));
        client.Time.Push(_lastDue.Ticks, this, 0, 0);
    }

    /// <inheritdoc/>
    public void Due(int what, long value)
    {
        if (client.AsleepUntil > client.Time.Now.Ticks)
        {
            client.Time.Push(client.AsleepUntil, this, what, value);
            return;
        }

        while (_waiting.TryPeek(out var next) && next.Due <= client.Time.Now)
            HandOver(_waiting.Dequeue());
    }

    private void HandOver(in PlayerReport report)
    {
        if (report.Play is not { } play)
        {
            client.Raise(new OutputDrained());
            return;
        }

        switch (report.Kind)
        {
            case PlayerReportKind.Advanced:
                HandOverProgress(report, play);
                break;
            case PlayerReportKind.Sounding:
                client.Raise(new PlaySounding(play.Id, report.At));
                client.Population.Watch.Sounds(client, play);
                break;
            case PlayerReportKind.Silent or PlayerReportKind.NotSilent:
                client.Raise(new SilenceChanged(play.Id, report.Kind == PlayerReportKind.Silent));
                break;
            case PlayerReportKind.Stuttered:
                client.Raise(new PlayStuttered(play.Id));
                break;
            case PlayerReportKind.Failed:
                client.Raise(new PlayFailed(play.Id, report.At));
                break;
            default:
                var isComplete = report.Kind == PlayerReportKind.Complete;
                client.Raise(new PlayEnded(play.Id, report.Sample, isComplete, report.At));
                break;
        }
    }

    // The feed is read as it is now: it is the loop's as much as the player's.
    private void HandOverProgress(in PlayerReport report, SimPlay play)
    {
        if (client.Playback.Current?.Id == play.Id)
            play.Tell();

        // What was said before a seek is of the place before.
        var isReckoned = report.Epoch != play.Epoch;
        var sample = isReckoned ? play.Sample : report.Sample;
        client.Raise(new PlaybackAdvanced(play.Id, play.Next, sample)
        {
            At = isReckoned ? null : report.At, IsReckoned = isReckoned,
        });
    }
}
