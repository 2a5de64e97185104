using System.Threading.Channels;
using Grpc.Core;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Tracking;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Protocol.Trust;
using Session = SpotifyCore.Backend.Accounts.Session;
using Ticket = SpotifyCore.Protocol.Trust.Ticket;

namespace SpotifyCore.Backend.Services;

/// <summary>
/// A client that is online: its session, where it is, and what is still to be said to it. Safe for many threads; the
/// place is the directory's.
/// </summary>
internal sealed class LivePresence(Session session, ClientPlace place, long arrival, TimeProvider time) : IDisposable
{
    /// <summary>Notices that wait at most: a client that does not read misses what others wanted of it.</summary>
    private const int Waiting = 64;

    /// <summary>For a write when the stream ends; who reads nothing is cut off then.</summary>
    public static readonly TimeSpan LastWrite = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _ended = new();
    private readonly Channel<bool> _renewals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile TicketScope _scope;
    private readonly Channel<ServerNotice> _notices = Channel.CreateBounded<ServerNotice>(
        new BoundedChannelOptions(Waiting) { SingleReader = true });

    public Session Session => session;

    public PeerId Peer => session.Peer;

    /// <summary>
    /// Whether it is one of the swarm, by its device and its account's plan, as its latest ticket says; else others don't
    /// hear of it.
    /// </summary>
    public bool UsesPeers => _scope.HasFlag(TicketScope.Peers);

    /// <summary>Where it is, as far as its own stream shows.</summary>
    public ClientPlace Place { get; set; } = place;

    /// <summary>Names this presence to the tracker.</summary>
    public long Arrival => arrival;

    /// <summary>Cancelled when the session was ended, or the client came online anew.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>It will be given a ticket that allows so much.</summary>
    public void Begin(TicketScope scope) => _scope = scope;

    /// <summary>It was given a ticket.</summary>
    public void NoteTicket(ReadOnlySpan<byte> ticket) =>
        _scope = Ticket.TryRead(ticket, out var read) ? read.Scope : TicketScope.None;

    /// <summary>It may do so much now: where its ticket allows something else, another is due.</summary>
    public void NoteScope(TicketScope scope)
    {
        if (scope != _scope)
            _renewals.Writer.TryWrite(true);
    }

    /// <summary>Waits until another ticket is due.</summary>
    public async Task WaitForRenewalAsync(TimeSpan longest, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(
            Task.Delay(longest, time, either.Token), _renewals.Reader.WaitToReadAsync(either.Token).AsTask());
        await either.CancelAsync();
        _renewals.Reader.TryRead(out _);
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Says something that may get lost.</summary>
    public bool TryTell(ServerNotice notice) => _notices.Writer.TryWrite(notice);

    /// <summary>Says something; waits while much is unsaid.</summary>
    public ValueTask TellAsync(ServerNotice notice, CancellationToken cancellation) =>
        _notices.Writer.WriteAsync(notice, cancellation);

    /// <summary>
    /// Sends what is said, until cancelled: a write that is under way then is given a moment, as cutting it off would
    /// take with it why the stream ends.
    /// </summary>
    public async Task SendAsync(IServerStreamWriter<ServerNotice> writer, CancellationToken cancellation)
    {
        using var cut = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var ending = cancellation.Register(() => cut.CancelAfter(LastWrite));
        await foreach (var notice in _notices.Reader.ReadAllAsync(cancellation))
            await writer.WriteAsync(notice, cut.Token);
    }

    /// <summary>Has the stream end.</summary>
    public void End() => _ = _ended.CancelAsync();

    /// <inheritdoc/>
    public void Dispose() => _ended.Dispose();
}
