using System.Net;
using SpotifyCore.Content.Limits;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Protocol.Transports.Sockets;

/// <summary>An accepted socket on its way to a channel, as the admission sees it, and the end of the patience with it.</summary>
internal sealed class PendingHandshake : IDisposable
{
    private readonly CancellationTokenSource _ending;

    /// <summary>One that has said nothing yet.</summary>
    /// <param name="address">Where it is from.</param>
    /// <param name="patience">How long it may stay silent.</param>
    /// <param name="time">The clock of that.</param>
    public PendingHandshake(IPAddress? address, TimeSpan patience, TimeProvider time)
    {
        Network = Subnet.Of(address);
        Node = new LinkedListNode<PendingHandshake>(this);
        _ending = new CancellationTokenSource(patience, time);
        Ending = _ending.Token;
    }

    /// <summary>What it counts for.</summary>
    public Subnet Network { get; }

    /// <summary>Its place among those that wait for a slot, or have one; the admission's.</summary>
    public LinkedListNode<PendingHandshake> Node { get; }

    /// <summary>How far it has come; the admission's.</summary>
    public HandshakeStage Stage { get; set; }

    /// <summary>When it got its slot; the admission's.</summary>
    public Instant Began { get; set; }

    /// <summary>True once a slot is its own; the admission's.</summary>
    public TaskCompletionSource<bool> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Cancelled when it has taken too long or has to go.</summary>
    public CancellationToken Ending { get; }

    /// <summary>Gives it so long from now on.</summary>
    public void Allow(TimeSpan patience) => _ending.CancelAfter(patience);

    /// <summary>Makes it go; runs nobody's code on this thread.</summary>
    public void Abort() => _ = _ending.CancelAsync();

    /// <summary>
    /// Completes with true when a slot is its own, with false when it has taken too long or has to go before: of a
    /// crowd that waits, many do, and an exception for each would cost more than all else.
    /// </summary>
    public async Task<bool> WaitForTurnAsync()
    {
        await using var ending = Ending.UnsafeRegister(
            static pending => ((PendingHandshake)pending!).Turn.TrySetResult(false), this);
        return await Turn.Task;
    }

    /// <inheritdoc/>
    public void Dispose() => _ending.Dispose();
}
