using SpotifyCore.Content.Time;
using SpotifyCore.Playback.Output;

namespace SpotifyCore.Playback.Playing;

/// <summary>
/// Whether all that an output was given is heard, asked while nothing plays: a player's thread sleeps meanwhile, so that
/// a late next track finds it ready. For that thread.
/// </summary>
/// <param name="output">The output.</param>
/// <param name="sleep">How that thread waits.</param>
/// <param name="time">The clock.</param>
internal sealed class OutputDraining(IAudioOutput output, PlayerSleep sleep, TimeProvider time)
{
    /// <summary>A card fetches samples many times a second; one that has not for so long is gone.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private int _pending = int.MaxValue;
    private Instant _movedAt;

    /// <summary>True when the output holds nothing that is yet to be heard.</summary>
    public bool IsDone { get; private set; } = true;

    /// <summary>The output was given samples.</summary>
    public void NoteWritten()
    {
        IsDone = false;
        Restart();
    }

    /// <summary>The output stood still, as it should.</summary>
    public void Restart() => _pending = int.MaxValue;

    /// <summary>What the output holds will never be heard.</summary>
    public void GiveUp() => IsDone = true;

    /// <summary>True once all is heard; else the thread may sleep and ask again.</summary>
    /// <exception cref="IOException">The output has stopped taking samples.</exception>
    public bool TryDrain()
    {
        if (output.Pending is > 0 and var pending)
        {
            Watch(pending);
            sleep.AtMost(AudioFormat.DurationOf(pending) + TimeSpan.FromMilliseconds(1));
            return false;
        }

        output.Drain();
        IsDone = true;
        return true;
    }

    private void Watch(int pending)
    {
        var now = time.GetInstant();
        if (pending < _pending)
            (_pending, _movedAt) = (pending, now);
        else if (now - _movedAt >= Patience)
            throw new IOException("The output has stopped taking samples.");
    }
}
