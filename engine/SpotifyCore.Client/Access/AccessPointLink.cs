using Google.Protobuf;
using Microsoft.Extensions.Logging;
using SpotifyCore.Content.Identity;
using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Channels;
using SpotifyCore.Rpc.Contracts;

namespace SpotifyCore.Client.Access;

/// <summary>
/// The client's side of the access point: the login, calls under its session, and the open session stream by which
/// the access point knows that the client is online. Safe for many threads.
/// </summary>
internal sealed class AccessPointLink : IAsyncDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(15);

    private readonly RpcChannel _channel;
    private readonly PeerId _self;
    private readonly TicketWallet _wallet;
    private readonly SessionStream _session;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _ending = new();

    /// <summary>A link that is not logged in.</summary>
    public AccessPointLink(
        RpcChannelOptions address, PeerId self, TicketWallet wallet, TimeProvider time, ILogger logger)
    {
        _channel = new RpcChannel(address);
        _self = self;
        _wallet = wallet;
        _session = new SessionStream(_channel, wallet, time, logger);
    }

    /// <summary>The account's name; empty when nobody is logged in.</summary>
    public string Account { get; private set; } = "";

    /// <summary>
    /// Takes what the access point says of production storage whenever the client is online; any thread.
    /// </summary>
    public Action<IEnumerable<Node>> NodesTold
    {
        set => _session.NodesTold = value;
    }

    /// <summary>Logs in and goes online.</summary>
    /// <exception cref="RpcException">The name or password is wrong, or the access point is out of reach.</exception>
    public async Task LogInAsync(string name, string password, ClientOnline online, CancellationToken cancellationToken)
    {
        var request = new LoginRequest { Name = name, Password = password, PeerId = Bytes(_self) };
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var reply = await CallAsync(AccessPointMethods.Login, request, cancellationToken);
            await _session.CloseAsync();
            _channel.DefaultMetadata = new RpcMetadata { { "authorization", $"Bearer {reply.Session}" } };
            _wallet.SetKeys(reply.Keys);
            _wallet.SetTicket(reply.Ticket.Ticket_.ToByteArray());
            Account = name;
            _session.Open(online);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Goes offline and forgets the session.</summary>
    public async Task LogOutAsync()
    {
        await _turn.WaitAsync();
        try
        {
            await _session.CloseAsync();
            _channel.DefaultMetadata = RpcMetadata.Empty;
            _wallet.Clear();
            Account = "";
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Calls a method under the session.</summary>
    /// <exception cref="RpcException">The call failed, or the link was disposed meanwhile.</exception>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        RpcMethod<TRequest, TResponse> method, TRequest request, CancellationToken cancellationToken = default)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        using var calledOff = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ending.Token);
        try
        {
            return await _channel.UnaryAsync(method, request, Options(calledOff.Token));
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            throw new RpcException(RpcStatusCode.Unavailable, "The client is being closed.");
        }
    }

    /// <summary>Calls a method that answers with many messages.</summary>
    public RpcServerStream<TResponse> Stream<TRequest, TResponse>(
        RpcMethod<TRequest, TResponse> method, TRequest request, CancellationToken cancellationToken)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        _channel.ServerStreaming(method, request, Options(cancellationToken));

    /// <summary>Tells the tracker that a whole file is held, now or once the session is open again.</summary>
    public void Announce(FileId file) => _session.Announce(file);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _turn.WaitAsync();
        try
        {
            await _session.CloseAsync();
            _channel.Dispose();
        }
        finally
        {
            _turn.Release();
        }
    }

    private static ByteString Bytes(PeerId id)
    {
        Span<byte> bytes = stackalloc byte[PeerId.Size];
        id.Write(bytes);
        return ByteString.CopyFrom(bytes);
    }

    private static RpcCallOptions Options(CancellationToken cancellationToken) =>
        new(CallTimeout, null, cancellationToken);
}
