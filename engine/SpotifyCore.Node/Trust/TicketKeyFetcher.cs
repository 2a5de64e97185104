using System.Security.Cryptography;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Node.Composition;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Node.Trust;

/// <summary>
/// Gets the keys that tickets are checked with from the access point: once before the node serves, if the access
/// point can be reached then, again and again until it can, and every few minutes from then on, so that it may change
/// them.
/// </summary>
internal sealed class TicketKeyFetcher(
    TicketVerifier verifier, IOptions<NodeOptions> options, TimeProvider time, ILogger<TicketKeyFetcher> logger)
    : BackgroundService
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(5);

    private EndpointChannel? _channel;
    private AccessPoint.AccessPointClient? _accessPoint;
    private bool _fetched;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var address = options.Value.AccessPoint;
        if (address.Length == 0)
        {
            if (options.Value.TicketKeys.Length == 0 && !options.Value.Plain)
                logger.NoKeys();

            return;
        }

        _channel = new EndpointChannel(new EndpointChannelOptions
        {
            Address = address,
            ServerId = new NodeSettings(options.Value).AccessPointId,
            ConnectTimeout = CallTimeout,

            // Each call has a deadline, and minutes lie between them: nothing is to be kept alive.
            KeepAlive = null,
        });
        _accessPoint = new AccessPoint.AccessPointClient(_channel);
        _fetched = await TryFetchAsync(_accessPoint, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        _channel?.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var retry = FirstRetry;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(_fetched ? options.Value.KeyRefresh : retry, time, stoppingToken);
            _fetched = await TryFetchAsync(_accessPoint!, stoppingToken);
            retry = _fetched ? FirstRetry : TimeSpan.FromTicks(Math.Min(retry.Ticks * 2, LongestRetry.Ticks));
        }
    }

    private async Task<bool> TryFetchAsync(
        AccessPoint.AccessPointClient accessPoint, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await accessPoint.GetTicketKeysAsync(
                new GetTicketKeysRequest(),
                deadline: EndpointChannel.In(CallTimeout),
                cancellationToken: cancellationToken);
            foreach (var key in reply.Keys)
                verifier.AddKey(key.Id, key.PublicKey.Span);

            logger.KeysFetched(reply.Keys.Count, options.Value.AccessPoint);
            return true;
        }
        catch (Exception failed) when (failed is RpcException or CryptographicException or InvalidOperationException)
        {
            logger.KeysMissing(options.Value.AccessPoint, CallFailure.ReasonOf(failed));
            return false;
        }
    }
}
