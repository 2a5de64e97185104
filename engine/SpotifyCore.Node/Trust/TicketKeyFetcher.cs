using System.Security.Cryptography;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SpotifyCore.Content.Time;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Node.Configuration;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Node.Trust;

/// <summary>
/// Gets the keys that tickets are checked with from the access point: once before the node serves, if the access
/// point can be reached then, again and again until it can, every few minutes from then on, and when a ticket names a key
/// that is not known, so that it may change them. A key that is published no more is forgotten.
/// </summary>
internal sealed class TicketKeyFetcher(
    TicketVerifier verifier, IOptions<NodeOptions> options, TimeProvider time, ILogger<TicketKeyFetcher> logger)
    : BackgroundService
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LeastBetweenAsks = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(5);

    private EndpointChannel? _channel;
    private AccessPoint.AccessPointClient? _accessPoint;
    private readonly SemaphoreSlim _unknownKey = new(0, 1);
    private bool _fetched;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.AccessPoint.Length == 0)
        {
            if (options.Value.TicketKeys.Length == 0 && !options.Value.Plain)
                logger.NoKeys();

            return;
        }

        _channel = AccessPointChannel.Open(options.Value);
        _accessPoint = new AccessPoint.AccessPointClient(_channel);
        verifier.UnknownKey = NoteUnknownKey;
        _fetched = await TryFetchAsync(_accessPoint, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        _channel?.Dispose();
        _unknownKey.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var retry = new Backoff(FirstRetry, LongestRetry, jitter: 1);
        while (!stoppingToken.IsCancellationRequested)
        {
            await WaitAsync(_fetched ? options.Value.KeyRefresh : retry.Next(Random.Shared.NextDouble()), stoppingToken);
            _fetched = await TryFetchAsync(_accessPoint!, stoppingToken);
            if (_fetched)
                retry.Reset();
        }
    }

    /// <summary>Waits for the next fetch; strangers' tickets can't hasten it beyond one in some seconds.</summary>
    private async Task WaitAsync(TimeSpan pause, CancellationToken stopping)
    {
        var least = pause < LeastBetweenAsks ? pause : LeastBetweenAsks;
        await Task.Delay(least, time, stopping);
        using var rest = new CancellationTokenSource(pause - least, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(rest.Token, stopping);
        await _unknownKey.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.ThrowIfCancellationRequested();
    }

    private void NoteUnknownKey()
    {
        // Under the verifier's lock, so nobody else releases it between.
        if (_unknownKey.CurrentCount == 0)
            _unknownKey.Release();
    }

    private async Task<bool> TryFetchAsync(
        AccessPoint.AccessPointClient accessPoint, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await accessPoint.GetTicketKeysAsync(
                new GetTicketKeysRequest(),
                deadline: EndpointChannel.In(AccessPointChannel.CallTimeout),
                cancellationToken: cancellationToken);
            verifier.SetKeys(
            [
                .. new NodeSettings(options.Value).TicketKeys.Where(own => reply.Keys.All(key => key.Id != own.Key)),
                .. reply.Keys.Select(static key => KeyValuePair.Create(key.Id, key.PublicKey.ToByteArray())),
            ]);
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
