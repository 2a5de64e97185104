using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Backend.Billing.Webhooks;

/// <summary>
/// Where a billing provider's events come in, on a port of its own: HTTP/1.1 on loopback, apart from what listeners call.
/// Nowhere without an address.
/// </summary>
internal sealed class WebhookServer(
    BillingOptions options, BillingLedger ledger, TimeProvider time, ILoggerFactory loggers)
    : IHostedService, IAsyncDisposable
{
    private const int MaxConnections = 64;
    private const int HeaderBytes = 16 << 10;

    // Who sends more than is taken reads that it is too much, and is not cut off in the middle of its sending.
    private const int DrainedBytes = 16 * WebhookCalls.MaxBytes;

    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SilenceTimeout = TimeSpan.FromSeconds(30);

    private WebApplication? _web;

    /// <summary>Where it listens, with its true port; empty where it does not.</summary>
    public string Address { get; private set; } = "";

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Listen.Length == 0)
            return;

        _web = Build(EndpointAddress.Parse(options.Listen));
        await _web.StartAsync(cancellationToken);
        Address = _web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _web?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _web?.DisposeAsync() ?? ValueTask.CompletedTask;

    private WebApplication Build(EndpointAddress address)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytes;
            kestrel.Limits.MaxRequestBodySize = DrainedBytes;
            kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
            kestrel.Limits.KeepAliveTimeout = SilenceTimeout;
            kestrel.Listen(
                IPAddress.TryParse(address.Host, out var host) ? host : IPAddress.Loopback, address.Port,
                static listen => listen.Protocols = HttpProtocols.Http1);
        });
        var web = builder.Build();
        var reader = new ProviderEventReader(new PriceList(options.Prices));
        var calls = new WebhookCalls(ledger, reader, options.Secrets, time, loggers.CreateLogger<WebhookCalls>());
        web.Run(calls.AnswerAsync);
        return web;
    }
}
