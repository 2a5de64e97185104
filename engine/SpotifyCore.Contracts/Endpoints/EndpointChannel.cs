using Grpc.Core;
using Grpc.Net.Client;

namespace SpotifyCore.Contracts.Endpoints;

/// <summary>
/// A channel to one server, for the generated clients. It connects when it is first needed and again when the
/// connection broke. Any thread may call; calls run side by side. All that goes wrong with a call is an
/// <see cref="RpcException"/>, its being called off by its token too; <see cref="CallFailure"/> tells them apart. After
/// the end of the channel it may be <see cref="ObjectDisposedException"/>.
/// </summary>
public sealed class EndpointChannel : ChannelBase, IDisposable
{
    private readonly SessionHandler _session;
    private readonly GrpcChannel _channel;

    /// <summary>A channel; nothing is connected yet.</summary>
    /// <exception cref="ArgumentException">The address is none of the three kinds, or a pin has no TLS.</exception>
    public EndpointChannel(EndpointChannelOptions options)
        : base(options.Address)
    {
        var address = EndpointAddress.Parse(options.Address);
        if (options.ServerId is not null && address.Kind != EndpointKind.Https)
            throw new ArgumentException("Only TLS proves a server's key.", nameof(options));

        _session = new SessionHandler(EndpointConnector.CreateHandler(address, options));
        var target = address.Kind == EndpointKind.Unix ? "http://localhost" : address.ToString();
        _channel = GrpcChannel.ForAddress(target, new GrpcChannelOptions
        {
            HttpHandler = _session,
            DisposeHttpClient = true,
            MaxSendMessageSize = options.MaxMessageBytes,
            MaxReceiveMessageSize = options.MaxMessageBytes,

            // A compressed message is held to no limit once it is unpacked.
            CompressionProviders = [],
        });
    }

    /// <summary>
    /// The session token that goes with every call made from now on, as "authorization: Bearer TOKEN"; null for none.
    /// </summary>
    public string? Session
    {
        get => _session.Token;
        set => _session.Token = value;
    }

    /// <summary>The deadline of a call that may take as long as <paramref name="timeout"/>, from now on.</summary>
    public static DateTime In(TimeSpan timeout) => DateTime.UtcNow + timeout;

    /// <inheritdoc/>
    public override CallInvoker CreateCallInvoker() => _channel.CreateCallInvoker();

    /// <summary>Calls the open calls off and closes the connection.</summary>
    public void Dispose() => _channel.Dispose();

    /// <inheritdoc/>
    protected override Task ShutdownAsyncCore()
    {
        Dispose();
        return Task.CompletedTask;
    }
}
