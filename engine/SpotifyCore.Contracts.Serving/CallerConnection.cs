using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using SpotifyCore.Content.Limits;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Contracts.Serving;

/// <summary>
/// A connection as its limits see it: a stranger's until a call on it shows who calls. What can be set belongs to
/// <see cref="ConnectionLimits"/>, under its lock.
/// </summary>
internal sealed class CallerConnection
{
    private readonly ConnectionContext _connection;
    private readonly TaskCompletionSource<bool> _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>One that waits for its turn.</summary>
    public CallerConnection(ConnectionContext connection)
    {
        _connection = connection;
        Network = Subnet.Of(connection.RemoteEndPoint);
        Node = new LinkedListNode<CallerConnection>(this);
    }

    public Subnet Network { get; }

    /// <summary>Its place among those that are silent.</summary>
    public LinkedListNode<CallerConnection> Node { get; }

    /// <summary>Since when it has waited for nothing from the server.</summary>
    public Instant SilentSince { get; set; }

    /// <summary>Closes it when it says nothing; null once it is no stranger's.</summary>
    public ITimer? Silence { get; set; }

    /// <summary>True once it was told to go, and until something whole comes all the same.</summary>
    public bool IsToldToGo { get; set; }

    /// <summary>Calls of a stranger that are under way.</summary>
    public int Calls { get; set; }

    /// <summary>Of those, the ones whose message is whole and that wait for the server.</summary>
    public int Answering { get; set; }

    /// <summary>True while it waits for the server, or since it is known who calls on it.</summary>
    public bool IsBusy => Answering > 0 || Silence is null;

    /// <summary>Completes with true once it may be served, with false when it is over before.</summary>
    public async Task<bool> WaitForTurnAsync()
    {
        await using var closed = _connection.ConnectionClosed.UnsafeRegister(
            static caller => ((CallerConnection)caller!)._turn.TrySetResult(false), this);
        return await _turn.Task;
    }

    /// <summary>True once its turn has come: before that there is nobody on it who could be told anything.</summary>
    public bool IsServed => _turn.Task is { IsCompletedSuccessfully: true, Result: true };

    /// <summary>Lets it be served.</summary>
    public void Begin() => _turn.TrySetResult(true);

    /// <summary>
    /// Has its caller told that nothing more is taken on it, so that what is on its way is said again on another; then it
    /// ends. One that never spoke, or that has half a message on its way, may not end by that.
    /// </summary>
    public void TellToGo() => _connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();

    /// <summary>Closes it; what is said on it is lost.</summary>
    public void Abort(string reason)
    {
        _turn.TrySetResult(false);
        _connection.Abort(new ConnectionAbortedException(reason));
    }
}
