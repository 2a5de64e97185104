using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Connections;
using SpotifyCore.Content.Limits;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Contracts.Serving.Limits;

/// <summary>
/// Bounds what callers may hold of a server: connections, by address and in all, and the time on them that strangers
/// say nothing in. When all places are taken, a connection is closed of the address that holds the most of them: one
/// that has shown least, among equals the one that has waited longest without a whole message. So nobody is kept out by
/// what others hold; and where all hold one each, who is known is not pushed out by who is not. Safe for many threads.
/// </summary>
internal sealed class ConnectionLimits(GrpcServerOptions options, TimeProvider time)
{
    // What connections have shown: nothing whole lately, a call that is being answered, or who calls.
    private const int Waiting = 0;
    private const int Answered = 1;
    private const int Known = 2;

    private readonly TimeSpan _silence = TimeSpan.FromSeconds(options.StrangerSeconds);
    private readonly Lock _gate = new();
    private readonly PlaceTable<Subnet, CallerConnection> _strangers = new();
    private readonly PlaceTable<Subnet, CallerConnection> _connections = new();

    /// <summary>Runs a connection within the limits, or closes it at once.</summary>
    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var caller = new CallerConnection(connection, Subnet.Of(connection.RemoteEndPoint));
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
        {
            if (caller.Silence is null)
                return;

            Forget(caller);
            _connections.Show(caller, Known);
        }
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
            if (caller.Answering++ == 0)
                Show(caller, Answered);
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

            if (--caller.Answering > 0)
                return;

            caller.Silence?.Change(_silence, Timeout.InfiniteTimeSpan);
            Show(caller, Waiting);
        }
    }

    private bool TryEnter(CallerConnection caller, out CallerConnection? displaced)
    {
        displaced = null;
        lock (_gate)
        {
            if (_connections.CountOf(caller.Network) >= options.MaxConnectionsPerAddress)
                return false;

            if (!TryMakeRoom(caller.Network, out displaced))
                return false;

            if (displaced is not null)
                Leave(displaced);

            Enter(caller);
            return true;
        }
    }

    /// <summary>Whose connection is to go for another, null while there is room; false when none may.</summary>
    private bool TryMakeRoom(Subnet network, out CallerConnection? goes)
    {
        goes = null;
        if (_strangers.CountOf(network) >= options.MaxStrangersPerAddress)
            goes = _strangers.FirstOf(network);
        else if (_strangers.Count >= options.MaxStrangers)
            goes = _strangers.FirstToGo(network);
        else if (_connections.Count >= options.MaxConnections)
            goes = _connections.FirstToGo(network, Known);
        else
            return true;

        // Who asks for too much does not break off what is done for himself.
        return goes is not null && (goes.Network != network || !goes.IsBusy);
    }

    private void Enter(CallerConnection caller)
    {
        _connections.Add(caller.Network, caller, Waiting);
        _strangers.Add(caller.Network, caller, Waiting);
        caller.Silence = time.CreateTimer(
            static silent => ((CallerConnection)silent!).Abort("Nothing was said."), caller, _silence,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>A stranger's connection has shown so much, and not more.</summary>
    private void Show(CallerConnection caller, int shown)
    {
        if (caller.Silence is null)
            return;

        _strangers.Show(caller, shown);
        _connections.Show(caller, shown);
    }

    private void Leave(CallerConnection caller)
    {
        lock (_gate)
        {
            Forget(caller);
            _connections.Remove(caller);
        }
    }

    private void Forget(CallerConnection caller)
    {
        _strangers.Remove(caller);
        caller.Silence?.Dispose();
        caller.Silence = null;
    }
}
