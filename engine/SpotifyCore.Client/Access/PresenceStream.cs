using System.Threading.Channels;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using SpotifyCore.Client.Running;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Text;
using SpotifyCore.Content.Time;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Client.Access;

/// <summary>
/// Keeps the session stream open while the client is online: says which files are held and what else there is to say,
/// takes fresh tickets, and opens it again, with growing pauses, when it breaks.
/// </summary>
internal sealed class PresenceStream(
    AccessPoint.AccessPointClient accessPoint, TicketStore tickets, TimeProvider time, ILogger logger)
{
    /// <summary>Files announced again after a break; the tracker looks at the latest anyway.</summary>
    public const int Remembered = 1_000;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly List<FileId> _held = [];
    private CancellationTokenSource? _ending;
    private CancellationTokenSource? _open;
    private Channel<ClientNotice>? _notices;
    private int _port;
    private bool _isPlaying;
    private Instant? _wantedAt;
    private IPresenceListener? _listener;
    private volatile bool _isOpen;
    private Task _running = Task.CompletedTask;

    /// <summary>
    /// True while the access point knows that the client is online, and it has a ticket to show to others. From any
    /// thread.
    /// </summary>
    public bool IsOpen => _isOpen;

    /// <summary>Goes online.</summary>
    /// <param name="listener">Takes what the access point says, and knows where this client is.</param>
    public void Open(IPresenceListener listener)
    {
        _listener = listener;
        _ending = new CancellationTokenSource();
        var ending = _ending.Token;
        _running = Task.Run(() => KeepOpenAsync(ending), CancellationToken.None);
    }

    /// <summary>
    /// Says at which port others reach this client, now and whenever the stream is opened; 0 for none.
    /// </summary>
    public void SetPort(int port)
    {
        lock (_gate)
        {
            if (_port == port)
                return;

            _port = port;
            _notices?.Writer.TryWrite(new ClientNotice { Port = new PortChanged { ListenPort = port } });
        }
    }

    /// <summary>
    /// Says whether this client plays, now and whenever the stream is opened; then nobody asked for it just now, unless
    /// that was within the last minute and could not be said.
    /// </summary>
    public void SetPlaying(bool isPlaying, bool isResumed)
    {
        lock (_gate)
        {
            _isPlaying = isPlaying;
            _wantedAt = isPlaying && !isResumed && _notices is null ? time.GetInstant() : null;
            _notices?.Writer.TryWrite(Playing(isPlaying, isResumed));
        }
    }

    /// <summary>Announces a file, now or when the stream is open.</summary>
    public void Announce(FileId file)
    {
        lock (_gate)
        {
            _held.Remove(file);
            _held.Add(file);
            if (_held.Count > Remembered)
                _held.RemoveAt(0);

            _notices?.Writer.TryWrite(Held(file));
        }
    }

    /// <summary>Says something that means nothing later: it is lost while the stream is not open.</summary>
    public void Say(ClientNotice notice)
    {
        lock (_gate)
            _notices?.Writer.TryWrite(notice);
    }

    /// <summary>
    /// The access point leaves a call unanswered: the client counts as offline until it answers to a stream that is
    /// opened anew.
    /// </summary>
    public void Doubt()
    {
        CancellationTokenSource? open;
        lock (_gate)
            (open, _open) = (_open, null);

        try
        {
            open?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself meanwhile, and is opened anew anyway.
        }
    }

    /// <summary>Goes offline; returns once the stream is closed.</summary>
    public async Task CloseAsync()
    {
        if (_ending is null)
            return;

        await _ending.CancelAsync();
        await _running;
        _ending.Dispose();
        _ending = null;
    }

    private async Task KeepOpenAsync(CancellationToken ending)
    {
        var backoff = new Backoff(FirstPause, LongestPause, jitter: 1);
        while (!ending.IsCancellationRequested)
        {
            var pause = TimeSpan.Zero;
            using var doubted = CancellationTokenSource.CreateLinkedTokenSource(ending);
            try
            {
                using var call = accessPoint.Session(cancellationToken: doubted.Token);
                await RunAsync(call, backoff.Reset, doubted);
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                return;
            }
            catch (RpcException failure) when (!ending.IsCancellationRequested)
            {
                pause = backoff.Next(Random.Shared.NextDouble());
                if (failure.StatusCode == StatusCode.Unauthenticated)
                {
                    _listener?.SessionEnded(failure.Reason());
                    return;
                }

                ClientLog.SessionLost(logger, failure.Reason(), pause);
            }
            catch (Exception failure) when (failure is RpcException or ObjectDisposedException)
            {
                return;
            }

            await Task.Delay(pause, time, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunAsync(
        AsyncDuplexStreamingCall<ClientNotice, ServerNotice> call, Action welcomed, CancellationTokenSource doubted)
    {
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(doubted.Token);
        var speaking = SpeakAsync(call, broken.Token);
        try
        {
            Welcome? welcome = null;
            await foreach (var notice in call.ResponseStream.ReadAllAsync())
            {
                Take(notice);
                welcome = notice.Welcome ?? welcome;

                // Who is named in it lets nobody in without a ticket, which after a restart comes a moment later.
                if (welcome is null || tickets.Ticket.IsEmpty)
                    continue;

                Opened(doubted);
                welcomed();
                _listener?.Welcomed(welcome);
                welcome = null;
            }
        }
        finally
        {
            _isOpen = false;
            End();
            await broken.CancelAsync();
            await speaking;
        }
    }

    private void Take(ServerNotice notice)
    {
        switch (notice.NoticeCase)
        {
            case ServerNotice.NoticeOneofCase.Welcome when notice.Welcome.Keys is { } keys:
                tickets.SetKeys(keys);
                break;
            case ServerNotice.NoticeOneofCase.Ticket:
                tickets.SetTicket(notice.Ticket.Ticket_.ToByteArray());
                break;
            case ServerNotice.NoticeOneofCase.Reverse when notice.Reverse.Peer is { } peer:
                _listener?.ReverseAsked(peer);
                break;
            case ServerNotice.NoticeOneofCase.Taken:
                _listener?.PlayingTaken(PlainText.Of(notice.Taken.Device));
                break;
        }
    }

    private async Task SpeakAsync(AsyncDuplexStreamingCall<ClientNotice, ServerNotice> call, CancellationToken broken)
    {
        var notices = Begin();
        try
        {
            await foreach (var notice in notices.Reader.ReadAllAsync(broken))
                await call.RequestStream.WriteAsync(notice, broken);
        }
        catch (Exception failure) when (
            failure is OperationCanceledException or RpcException or InvalidOperationException or IOException
                or HttpRequestException)
        {
            // The reading side sees the break too, and opens the stream again.
        }
    }

    /// <summary>What is to be said on a new stream: that the client is online, and what it holds.</summary>
    private Channel<ClientNotice> Begin()
    {
        var options = new BoundedChannelOptions(Remembered + 64) { FullMode = BoundedChannelFullMode.DropWrite };
        var notices = Channel.CreateBounded<ClientNotice>(options);

        // Looks the network cards over, for which nobody is kept waiting.
        var online = _listener!.Place.Describe();
        lock (_gate)
        {
            online.ListenPort = _port;
            notices.Writer.TryWrite(new ClientNotice { Online = online });
            if (_isPlaying)
            {
                var isWanted = _wantedAt is { } at && time.GetInstant() - at < JustNow;
                notices.Writer.TryWrite(Playing(isPlaying: true, isResumed: !isWanted));
            }

            _wantedAt = null;

            foreach (var file in _held)
                notices.Writer.TryWrite(Held(file));

            _notices = notices;
        }

        return notices;
    }

    private void Opened(CancellationTokenSource doubted)
    {
        lock (_gate)
            _open = doubted;

        _isOpen = true;
    }

    private void End()
    {
        lock (_gate)
            (_notices, _open) = (null, null);
    }

    private static ClientNotice Playing(bool isPlaying, bool isResumed) =>
        new() { Playing = new PlayingChanged { Playing = isPlaying, Resumed = isResumed } };

    private static ClientNotice Held(FileId file)
    {
        Span<byte> bytes = stackalloc byte[FileId.Size];
        file.Write(bytes);
        return new ClientNotice { Held = new FileHeld { File = ByteString.CopyFrom(bytes) } };
    }
}
