using Google.Protobuf;
using SpotifyCore.Content.Sealing;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Channels;
using SpotifyCore.Rpc.Contracts;
using Ticket = SpotifyCore.Rpc.Contracts.Ticket;

namespace SpotifyCore.Import.Masters;

/// <summary>
/// An import's session at the access point. Calls are tried again while it can't be reached. Safe for many threads.
/// </summary>
public sealed class LibrarianClient : ILibrarian, IDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RefreshBefore = TimeSpan.FromMinutes(5);

    private readonly RpcChannel _channel;
    private readonly TimeProvider _time;
    private readonly Patience _patience;
    private readonly SemaphoreSlim _refreshing = new(1);
    private Ticket _ticket;

    private LibrarianClient(RpcChannel channel, TimeProvider time, Ticket ticket)
    {
        _channel = channel;
        _time = time;
        _patience = new Patience(time);
        _ticket = ticket;
    }

    /// <summary>Logs in.</summary>
    /// <param name="address">Where and as whom.</param>
    /// <param name="self">The key that the ticket will be bound to.</param>
    /// <param name="time">The clock of tickets.</param>
    /// <param name="cancellationToken">Gives up early.</param>
    /// <exception cref="RpcException">Wrong name or password, or nobody there.</exception>
    public static async Task<LibrarianClient> LogInAsync(
        AccessPointAddress address, NodeIdentity self, TimeProvider time, CancellationToken cancellationToken)
    {
        var channel =
            new RpcChannel(new RpcChannelOptions { Address = address.Url, ServerId = address.ServerId, Time = time });
        try
        {
            var request = new LoginRequest
            {
                Name = address.Name,
                Password = address.Password,
                PeerKey = ByteString.CopyFrom(self.ExportPublicKey()),
            };
            var reply = await channel.LogInAsync(
                request,
                challenge => KeyProof.Sign(self, challenge, address.Name),
                new RpcCallOptions(CallTimeout, Cancellation: cancellationToken));
            if (!reply.Roles.Contains("import"))
                throw new RpcException(RpcStatusCode.PermissionDenied, $"The account {address.Name} may not import.");

            channel.DefaultMetadata = new RpcMetadata { { "authorization", $"Bearer {reply.Session}" } };
            return new LibrarianClient(channel, time, reply.Ticket);
        }
        catch
        {
            channel.Dispose();
            throw;
        }
    }

    /// <summary>The master nodes and how many of them keep each file.</summary>
    public Task<Rpc.Contracts.Masters> GetMastersAsync(CancellationToken cancellationToken) =>
        CallAsync(LibrarianMethods.GetMasters, new GetMastersRequest(), cancellationToken);

    /// <summary>A ticket that holds for some minutes yet.</summary>
    public async Task<ReadOnlyMemory<byte>> GetTicketAsync(CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken);
        try
        {
            var expiry = DateTimeOffset.FromUnixTimeMilliseconds(_ticket.ExpiresUnixMs);
            if (expiry - _time.GetUtcNow() < RefreshBefore)
                _ticket = await CallAsync(
                    AccessPointMethods.RefreshTicket, new RefreshTicketRequest(), cancellationToken);

            return _ticket.Ticket_.Memory;
        }
        finally
        {
            _refreshing.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<string?> FindSourceAsync(
        ReadOnlyMemory<byte> sourceHash, string encoder, CancellationToken cancellationToken)
    {
        var request = new FindSourceRequest
        {
            SourceHash = ByteString.CopyFrom(sourceHash.Span), Encoder = encoder,
        };
        var reply = await CallAsync(LibrarianMethods.FindSource, request, cancellationToken);
        return reply.Track.Length > 0 ? reply.Track : null;
    }

    /// <inheritdoc/>
    public async Task<ContentKey> DeriveKeyAsync(
        ReadOnlyMemory<byte> plaintextHash, CancellationToken cancellationToken)
    {
        var request = new DeriveKeyRequest { PlaintextHash = ByteString.CopyFrom(plaintextHash.Span) };
        var reply = await CallAsync(LibrarianMethods.DeriveKey, request, cancellationToken);
        return ContentKey.Read(reply.ContentKey.Span);
    }

    /// <inheritdoc/>
    public Task AddTrackAsync(AddTrackRequest track, CancellationToken cancellationToken) =>
        CallAsync(LibrarianMethods.AddTrack, track, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _channel.Dispose();
        _refreshing.Dispose();
    }

    // Every call may be made twice: what it does the second time it has done already.
    private Task<TResponse> CallAsync<TRequest, TResponse>(
        RpcMethod<TRequest, TResponse> method, TRequest request, CancellationToken cancellationToken)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => _patience.RunAsync(
            () => _channel.UnaryAsync(
                method, request, new RpcCallOptions(CallTimeout, Cancellation: cancellationToken)),
            static failed =>
                failed is RpcException { Code: RpcStatusCode.Unavailable or RpcStatusCode.DeadlineExceeded },
            cancellationToken);
}
