using System.Net;
using Microsoft.Extensions.Logging;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Transports.Sockets;

namespace SpotifyCore.Client.PortMapping;

/// <summary>
/// Keeps a router passing the client's port on: finds one, renews the mapping before it ends, finds another when that
/// fails, and removes the mapping at the end. All in the background: nothing waits for it, and without a router all
/// works but incoming connections.
/// </summary>
internal sealed class PortMapper : IAsyncDisposable
{
    private static readonly TimeSpan LeaveTime = TimeSpan.FromSeconds(2);

    private readonly GatewayFinder _finder;
    private readonly PortMappingOptions _options;
    private readonly int _port;
    private readonly Action<IPEndPoint?> _changed;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _keeping;

    /// <summary>Begins at once.</summary>
    /// <param name="finder">Finds routers.</param>
    /// <param name="port">The port here.</param>
    /// <param name="changed">Told where the port is reached from outside, or null when it no longer is.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public PortMapper(
        GatewayFinder finder, int port, Action<IPEndPoint?> changed, TimeProvider time, ILogger logger)
    {
        _finder = finder;
        _options = finder.Options;
        _port = port;
        _changed = changed;
        (_time, _logger) = (time, logger);
        _keeping = Task.Run(() => KeepAsync(_ending.Token));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _keeping;
        _ending.Dispose();
    }

    private async Task KeepAsync(CancellationToken ending)
    {
        try
        {
            var backoff = new Backoff(_options.RetryAfter, _options.LongestRetry, jitter: 0.5);
            while (!ending.IsCancellationRequested)
            {
                if (await TryOnceAsync(ending) is not { } problem)
                {
                    backoff.Reset();
                    continue;
                }

                var pause = backoff.Next(Random.Shared.NextDouble());
                PortMappingLog.Unmapped(_logger, _port, problem, pause);
                await Task.Delay(pause, _time, ending);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The end.
        }
        catch (Exception unexpected)
        {
            PortMappingLog.Failed(_logger, unexpected);
        }
    }

    /// <summary>Has some router pass the port on for as long as it does.</summary>
    /// <returns>Null after one did; else why none does.</returns>
    private async Task<string?> TryOnceAsync(CancellationToken ending)
    {
        var problem = "none answers";
        await foreach (var gateway in _finder.FindAsync(_logger, ending))
        {
            try
            {
                var address = await gateway.FindExternalAddressAsync(ending);
                if (IsInside(address))
                {
                    // Another translation lies behind this one: connections from outside end there.
                    problem = $"{gateway.Name} has a private address itself, {address}";
                    continue;
                }

                var lease = await MapAsync(gateway, ending);
                await HoldAsync(gateway, address, lease, ending);
                return null;
            }
            catch (IOException refused)
            {
                problem = refused.Message;
                PortMappingLog.Refused(_logger, gateway.Name, problem);
            }
        }

        return problem;
    }

    /// <summary>Asks for the same port outside as here, then for others.</summary>
    private async Task<PortLease> MapAsync(IPortGateway gateway, CancellationToken ending)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var wanted = attempt == 0 ? _port : 1_024 + ((_port + (attempt * 7_919)) % 60_000);
                return await gateway.MapAsync(_port, wanted, _options.Lease, ending);
            }
            catch (PortConflictException) when (attempt + 1 < _options.Tries)
            {
                // Another host of this network has it.
            }
        }
    }

    /// <summary>Renews until that fails, or the end, at which the mapping is removed.</summary>
    private async Task HoldAsync(IPortGateway gateway, IPAddress address, PortLease lease, CancellationToken ending)
    {
        PortMappingLog.Mapped(_logger, gateway.Name, address, lease.ExternalPort, _port);
        _changed(new IPEndPoint(address, lease.ExternalPort));
        try
        {
            while (true)
            {
                // A router that was restarted has forgotten also what it knew for good.
                var lasts = lease.Lasts == Timeout.InfiniteTimeSpan ? _options.Lease : lease.Lasts;
                await Task.Delay(lasts / 2, _time, ending);
                var renewed = await gateway.MapAsync(_port, lease.ExternalPort, _options.Lease, ending);
                var seen = await gateway.FindExternalAddressAsync(ending);
                if (renewed.ExternalPort != lease.ExternalPort || !seen.Equals(address))
                    _changed(new IPEndPoint(seen, renewed.ExternalPort));

                (lease, address) = (renewed, seen);
            }
        }
        catch (IOException lost)
        {
            PortMappingLog.Refused(_logger, gateway.Name, lost.Message);
        }
        finally
        {
            _changed(null);
            await LeaveAsync(gateway, lease.ExternalPort);
        }
    }

    private async Task LeaveAsync(IPortGateway gateway, int externalPort)
    {
        using var patience = new CancellationTokenSource(LeaveTime, _time);
        try
        {
            await gateway.UnmapAsync(_port, externalPort, patience.Token);
            PortMappingLog.Ended(_logger, gateway.Name, externalPort);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            PortMappingLog.Left(_logger, gateway.Name, externalPort, failure.Message);
        }
    }

    // RFC 1918 and its like, and the addresses between a provider's customers and its own translation (RFC 6598).
    private static bool IsInside(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return PrivateNetwork.Contains(address.ToString())
            || address.Equals(IPAddress.Any)
            || (bytes.Length == 4 && bytes[0] == 100 && bytes[1] is >= 64 and < 128);
    }
}
