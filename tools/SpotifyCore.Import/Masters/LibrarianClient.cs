using System.Runtime.CompilerServices;
using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sealing;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Contracts.Login;
using SpotifyCore.Import.Measuring;
using SpotifyCore.Protocol.Trust;
using Ticket = SpotifyCore.Contracts.Ticket;

namespace SpotifyCore.Import.Masters;

/// <summary>
/// An import's session at the access point. Calls are tried again while it can't be reached. Safe for many threads.
/// </summary>
internal sealed class LibrarianClient : ILibrarian, IAsyncDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RefreshBefore = TimeSpan.FromMinutes(5);

    private readonly LoginSession _session;
    private readonly AccessPoint.AccessPointClient _accessPoint;
    private readonly Librarian.LibrarianClient _librarian;
    private readonly TimeProvider _time;
    private readonly RetryPolicy _retries;
    private readonly SemaphoreSlim _refreshing = new(1);
    private Ticket _ticket;

    private LibrarianClient(LoginSession session, TimeProvider time)
    {
        _session = session;
        _accessPoint = new AccessPoint.AccessPointClient(session.Channel);
        _librarian = new Librarian.LibrarianClient(session.Channel);
        _time = time;
        _retries = new RetryPolicy(time);
        _ticket = session.Ticket;
    }

    /// <summary>Logs in.</summary>
    /// <param name="address">Where and as whom.</param>
    /// <param name="self">The key that the ticket will be bound to.</param>
    /// <param name="time">The clock of tickets.</param>
    /// <param name="cancellationToken">Gives up early.</param>
    /// <exception cref="RpcException">
    /// Wrong name or password, an account that may not import, or nobody there.
    /// </exception>
    public static async Task<LibrarianClient> LogInAsync(
        AccessPointAddress address, NodeIdentity self, TimeProvider time, CancellationToken cancellationToken)
    {
        var session = await LoginSession.OpenAsync(
            new EndpointChannelOptions { Address = address.Url, ServerId = address.ServerId },
            AccessPointLogin.RequestOf(address.Name, address.Password, self.ExportPublicKey(), LoginRoles.Import),
            challenge => KeyProof.Sign(self, challenge, address.Name),
            Options(cancellationToken));
        return new LibrarianClient(session, time);
    }

    /// <summary>The master nodes and how many of them keep each file.</summary>
    public Task<Contracts.Masters> GetMastersAsync(CancellationToken cancellationToken) =>
        CallAsync(options => _librarian.GetMastersAsync(new GetMastersRequest(), options), cancellationToken);

    /// <summary>A ticket that holds for some minutes yet.</summary>
    public async Task<ReadOnlyMemory<byte>> GetTicketAsync(CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken);
        try
        {
            var expiry = DateTimeOffset.FromUnixTimeMilliseconds(_ticket.ExpiresUnixMs);
            if (expiry - _time.GetUtcNow() < RefreshBefore)
                _ticket = await CallAsync(
                    options => _accessPoint.RefreshTicketAsync(new RefreshTicketRequest(), options),
                    cancellationToken);

            return _ticket.Ticket_.Memory;
        }
        finally
        {
            _refreshing.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<KnownSound?> FindSourceAsync(FindSourceRequest source, CancellationToken cancellationToken)
    {
        var reply = await CallAsync(options => _librarian.FindSourceAsync(source, options), cancellationToken);
        return reply.Recording.Length > 0 || reply.Removed
            ? new KnownSound(reply.Recording, reply.Track, [.. reply.Files.Select(static file => FileId.Read(file.Span))])
            {
                IsOutdated = reply.Outdated,
                IsRemoved = reply.Removed,
                Loudness = reply.Files.Count > 0 ? new Loudness(reply.Loudness, reply.Peak) : null,
                Locations = reply.Locations,
            }
            : null;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<CataloguedSource> ListSourcesAsync(
        string prefix, string encoder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListSourcesRequest { Prefix = prefix, Encoder = encoder };
        ListSourcesReply page;
        do
        {
            page = await CallAsync(options => _librarian.ListSourcesAsync(request, options), cancellationToken);
            foreach (var source in page.Sources)
                yield return source;

            request = new ListSourcesRequest(request) { After = page.Sources.LastOrDefault()?.Location ?? "" };
        }
        while (page.More);
    }

    /// <summary>Takes sources out of the catalogue, and what no other source shows.</summary>
    /// <returns>How many tracks left it.</returns>
    public async Task<int> RemoveSourcesAsync(
        IEnumerable<string> locations, CancellationToken cancellationToken)
    {
        var request = new RemoveSourcesRequest { Locations = { locations } };
        var reply = await CallAsync(options => _librarian.RemoveSourcesAsync(request, options), cancellationToken);
        return reply.Tracks;
    }

    /// <summary>Every file of the catalogue, in the order of their ids.</summary>
    public async IAsyncEnumerable<CataloguedFile> ListFilesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new ListFilesRequest();
        ListFilesReply page;
        do
        {
            page = await CallAsync(options => _librarian.ListFilesAsync(request, options), cancellationToken);
            foreach (var file in page.Files)
                yield return file;

            request = new ListFilesRequest { After = page.Files.LastOrDefault()?.File ?? ByteString.Empty };
        }
        while (page.More);
    }

    /// <inheritdoc/>
    public async Task<ContentKey> DeriveKeyAsync(
        ReadOnlyMemory<byte> plaintextHash, CancellationToken cancellationToken)
    {
        var request = new DeriveKeyRequest { PlaintextHash = ByteString.CopyFrom(plaintextHash.Span) };
        var reply = await CallAsync(options => _librarian.DeriveKeyAsync(request, options), cancellationToken);
        return ContentKey.Read(reply.ContentKey.Span);
    }

    /// <inheritdoc/>
    public Task<AddTrackReply> AddTrackAsync(AddTrackRequest track, CancellationToken cancellationToken) =>
        CallAsync(options => _librarian.AddTrackAsync(track, options), cancellationToken);

    /// <summary>Ends the session: the key that it is bound to is this run's alone.</summary>
    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        _refreshing.Dispose();
    }

    // Every call may be made twice: what it does the second time it has done already.
    private Task<TResponse> CallAsync<TResponse>(
        Func<CallOptions, AsyncUnaryCall<TResponse>> call, CancellationToken cancellationToken) => _retries.RunAsync(
            async () => await AskAsync(call, cancellationToken),
            static failed => failed is RpcException call && call.MayPass(),
            cancellationToken);

    private static async Task<TResponse> AskAsync<TResponse>(
        Func<CallOptions, AsyncUnaryCall<TResponse>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call(Options(cancellationToken));
        }
        catch (RpcException failed) when (failed.IsCalledOff())
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    private static CallOptions Options(CancellationToken cancellationToken) =>
        new(deadline: EndpointChannel.In(CallTimeout), cancellationToken: cancellationToken);
}
