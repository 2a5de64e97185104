using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Contracts.Serving;

/// <summary>Tells Kestrel where to listen and what its limits are.</summary>
internal static class GrpcListener
{
    /// <summary>What a connection may send before it is read, the least that HTTP/2 allows.</summary>
    private const int WindowBytes = (64 << 10) - 1;

    /// <summary>Headers of a call: a token and gRPC's own take some hundred bytes.</summary>
    private const int HeaderBytes = 16 << 10;

    /// <summary>What is read of a connection that is not taken yet, as while it waits for its turn.</summary>
    private const int UntakenBytes = 4 << 10;

    /// <summary>Connections that the system accepts before the server does: a crowd comes in bursts.</summary>
    private const int Backlog = 4_096;

    private static readonly TimeSpan KeepAliveTimeout = TimeSpan.FromSeconds(20);

    /// <summary>The addresses of some options.</summary>
    /// <exception cref="ArgumentException">One of them is none, or TLS has no certificate.</exception>
    public static EndpointAddress[] Addresses(GrpcServerOptions options)
    {
        EndpointAddress[] addresses =
        [
            .. options.Address
                .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(EndpointAddress.Parse),
        ];
        if (addresses.Length == 0)
            throw new ArgumentException("There is no address to listen on.", nameof(options));
        if (options.Certificate is null && addresses.Any(address => address.Kind == EndpointKind.Https))
            throw new ArgumentException("An https address needs a certificate.", nameof(options));

        return addresses;
    }

    public static void Configure(
        KestrelServerOptions kestrel, GrpcServerOptions options, EndpointAddress[] addresses, ConnectionLimits limits)
    {
        kestrel.AddServerHeader = false;

        // Messages have a limit of their own, and streams may last; keep-alive finds the dead.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinResponseDataRate = null;

        // The limits count those that came by TCP, and make room; beside them may stand those that are being closed.
        kestrel.Limits.MaxConcurrentConnections = options.MaxConnections + options.MaxStrangers;
        kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytes;
        kestrel.Limits.Http2.InitialConnectionWindowSize = WindowBytes;
        kestrel.Limits.Http2.InitialStreamWindowSize = WindowBytes;
        kestrel.Limits.Http2.MaxStreamsPerConnection = options.MaxCallsPerConnection;
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(options.KeepAliveSeconds);
        kestrel.Limits.Http2.KeepAlivePingTimeout = KeepAliveTimeout;
        foreach (var address in addresses)
            Listen(kestrel, address, options, limits);
    }

    public static void Configure(SocketTransportOptions sockets)
    {
        sockets.MaxReadBufferSize = UntakenBytes;
        sockets.Backlog = Backlog;
    }

    /// <summary>The addresses with the ports that they were given.</summary>
    public static IReadOnlyList<string> Bound(EndpointAddress[] addresses, IServerAddressesFeature? bound)
    {
        // Kestrel lists its addresses in the order in which they were bound, a Unix socket's among them.
        var listed = bound?.Addresses.ToArray() ?? [];
        return
        [
            .. addresses.Select((address, i) => address.Kind == EndpointKind.Unix || i >= listed.Length
                ? address.ToString()
                : (address with { Port = new Uri(listed[i].Replace("*", "localhost", StringComparison.Ordinal)).Port })
                    .ToString()),
        ];
    }

    private static void Listen(
        KestrelServerOptions kestrel, EndpointAddress address, GrpcServerOptions options, ConnectionLimits limits)
    {
        if (address.Kind == EndpointKind.Unix)
            kestrel.ListenUnixSocket(address.Host, UseHttp2);
        else if (address.Host == "*")
            kestrel.ListenAnyIP(address.Port, UseHttp2);
        else
            kestrel.Listen(AddressOf(address.Host), address.Port, UseHttp2);

        void UseHttp2(ListenOptions listen)
        {
            listen.Protocols = HttpProtocols.Http2;
            if (address.Kind != EndpointKind.Unix)
                listen.Use(next => connection => limits.RunAsync(connection, next));
            if (address.Kind == EndpointKind.Https)
                listen.UseHttps(options.Certificate!);
        }
    }

    private static IPAddress AddressOf(string host) =>
        host == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(host, out var address) ? address
        : throw new ArgumentException($"'{host}' is not an address to listen on; a name is 'localhost' only.");
}
