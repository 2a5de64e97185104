using System.Threading.Channels;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using SpotifyCore.Client.Shell;
using SpotifyCore.Content.Identity;
using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Channels;
using SpotifyCore.Rpc.Contracts;

namespace SpotifyCore.Client.Access;

/// <summary>
/// Keeps the session stream open while the client is online: says which files are held, takes fresh tickets, and
/// opens it again, with growing pauses, when it breaks.
/// </summary>
internal sealed class SessionStream(RpcChannel channel, TicketWallet wallet, TimeProvider time, ILogger logger)
{
    /// <summary>Files announced again after a break; the tracker looks at the latest anyway.</summary>
    public const int Remembered = 1_000;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<FileId> _held = [];
    private CancellationTokenSource? _ending;
    private Channel<FileId>? _announcements;
    private Task _running = Task.CompletedTask;

    /// <summary>
    /// Takes what the access point says of production storage, each time the stream is open; any thread.
    /// </summary>
    public Action<IEnumerable<Node>>? NodesTold { private get; set; }

    /// <summary>Goes online.</summary>
    public void Open(ClientOnline online)
    {
        _ending = new CancellationTokenSource();
        var ending = _ending.Token;
        _running = Task.Run(() => KeepOpenAsync(online, ending), CancellationToken.None);
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

            _announcements?.Writer.TryWrite(file);
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

    private async Task KeepOpenAsync(ClientOnline online, CancellationToken ending)
    {
        var pause = FirstPause;
        while (!ending.IsCancellationRequested)
        {
            try
            {
                await using var call = channel.Duplex(AccessPointMethods.Session, ending);
                await RunAsync(call, online, () => pause = FirstPause, ending);
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                return;
            }
            catch (RpcException failure) when (!ending.IsCancellationRequested)
            {
                ClientLog.SessionLost(logger, failure.Detail, pause);
                if (failure.Code == RpcStatusCode.Unauthenticated)
                    return;
            }
            catch (Exception failure) when (failure is RpcException or ObjectDisposedException)
            {
                return;
            }

            await Task.Delay(pause, time, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        }
    }

    private async Task RunAsync(
        RpcDuplexCall<ClientNotice, ServerNotice> call, ClientOnline online, Action welcomed, CancellationToken ending)
    {
        await call.WriteAsync(new ClientNotice { Online = online }, ending);
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(ending);
        var announcing = AnnounceAllAsync(call, broken.Token);
        try
        {
            while (await call.ReadAsync(ending) is { } notice)
            {
                if (notice.NoticeCase == ServerNotice.NoticeOneofCase.Welcome)
                {
                    welcomed();
                    NodesTold?.Invoke(notice.Welcome.Nodes);
                }
                else if (notice.NoticeCase == ServerNotice.NoticeOneofCase.Ticket)
                    wallet.SetTicket(notice.Ticket.Ticket_.ToByteArray());
            }
        }
        finally
        {
            await broken.CancelAsync();
            await announcing;
        }
    }

    private async Task AnnounceAllAsync(RpcDuplexCall<ClientNotice, ServerNotice> call, CancellationToken broken)
    {
        var announcements = Begin();
        try
        {
            await foreach (var file in announcements.Reader.ReadAllAsync(broken))
                await call.WriteAsync(new ClientNotice { Held = new FileHeld { File = Bytes(file) } }, broken);
        }
        catch (Exception failure) when (failure is OperationCanceledException or RpcException)
        {
            // The reading side sees the break too, and opens the stream again.
        }
    }

    private Channel<FileId> Begin()
    {
        var options = new BoundedChannelOptions(Remembered) { FullMode = BoundedChannelFullMode.DropOldest };
        var announcements = Channel.CreateBounded<FileId>(options);
        lock (_gate)
        {
            foreach (var file in _held)
                announcements.Writer.TryWrite(file);

            _announcements = announcements;
        }

        return announcements;
    }

    private static ByteString Bytes(FileId file)
    {
        Span<byte> bytes = stackalloc byte[FileId.Size];
        file.Write(bytes);
        return ByteString.CopyFrom(bytes);
    }
}
