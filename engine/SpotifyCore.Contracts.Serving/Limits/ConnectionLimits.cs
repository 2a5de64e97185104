using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Connections;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Contracts.Serving.Limits;

/// <summary>
/// Bounds what strangers may hold of a server: connections, by address and in all, and the time on them that they say
/// nothing in. A place is made by closing the stranger's connection that has waited longest without a whole message.
/// Safe for many threads.
/// </summary>
internal sealed class ConnectionLimits(GrpcServerOptions options, TimeProvider time)
{
    private readonly TimeSpan _silence = TimeSpan.FromSeconds(options.StrangerSeconds);
    private readonly Lock _gate = new();
    private readonly LinkedList<CallerConnection> _strangers = new();
    private readonly Dictionary<CallerNetwork, int> _connections = [];

    /// <summary>Runs a connection within the limits, or closes it at once.</summary>
    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var caller = new CallerConnection(
            connection, CallerNetwork.Of((connection.RemoteEndPoint as IPEndPoint)?.Address));
        if (!TryEnter(caller, out var displaced))
        {
            caller.Abort("Too many connections from this address.");
            return;
        }

        displaced?.Abort("Others need the place.");
        connection.Features.Set(caller);
        try
        {
            await next(connection);
        }
        finally
        {
            Leave(caller);
        }
    }

    /// <summary>A call showed who calls: the connection is no stranger's any more.</summary>
    public void Know(CallerConnection caller)
    {
        lock (_gate)
            Forget(caller);
    }

    /// <summary>A stranger's call begins.</summary>
    /// <exception cref="RpcException">There are too many on this connection.</exception>
    public void Begin(CallerConnection caller)
    {
        lock (_gate)
        {
            if (caller.Calls == options.MaxStrangerCalls)
            {
                throw CallFailure.Of(
                    StatusCode.ResourceExhausted, $"At most {options.MaxStrangerCalls} calls at a time before a login.");
            }

            caller.Calls++;
        }
    }

    /// <summary>The message of a stranger's call is whole: from now on he waits for the server.</summary>
    public void Received(CallerConnection caller)
    {
        lock (_gate)
        {
            caller.Answering++;
            caller.Silence?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>A stranger's call has ended.</summary>
    public void End(CallerConnection caller, bool wasReceived)
    {
        lock (_gate)
        {
            caller.Calls--;
            if (!wasReceived)
                return;

            if (--caller.Answering == 0)
                caller.Silence?.Change(_silence, Timeout.InfiniteTimeSpan);
            if (caller.Place is not { } place)
                return;

            _strangers.Remove(place);
            _strangers.AddLast(place);
        }
    }

    private bool TryEnter(CallerConnection caller, out CallerConnection? displaced)
    {
        displaced = null;
        lock (_gate)
        {
            var connections = _connections.GetValueOrDefault(caller.Network);
            if (connections >= options.MaxConnectionsPerAddress)
                return false;

            var fromThere = _strangers.Count(stranger => stranger.Network == caller.Network);
            if (fromThere >= options.MaxStrangersPerAddress)
                displaced = _strangers.FirstOrDefault(other => other.Answering == 0 && other.Network == caller.Network);
            else if (_strangers.Count >= options.MaxStrangers)
                displaced = _strangers.FirstOrDefault(static other => other.Answering == 0);
            else
                return Enter(caller, connections);

            if (displaced is null)
                return false;

            Forget(displaced);
            return Enter(caller, connections);
        }
    }

    private bool Enter(CallerConnection caller, int connections)
    {
        _connections[caller.Network] = connections + 1;
        caller.Place = _strangers.AddLast(caller);
        caller.Silence = time.CreateTimer(
            static silent => ((CallerConnection)silent!).Abort("Nothing was said."), caller, _silence,
            Timeout.InfiniteTimeSpan);
        return true;
    }

    private void Leave(CallerConnection caller)
    {
        lock (_gate)
        {
            Forget(caller);
            var left = _connections[caller.Network] - 1;
            if (left == 0)
                _connections.Remove(caller.Network);
            else
                _connections[caller.Network] = left;
        }
    }

    private void Forget(CallerConnection caller)
    {
        if (caller.Place is null)
            return;

        _strangers.Remove(caller.Place);
        caller.Place = null;
        caller.Silence!.Dispose();
        caller.Silence = null;
    }
}
