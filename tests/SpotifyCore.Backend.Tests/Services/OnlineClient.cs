using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Backend.Tests.Services;

/// <summary>A client that is online.</summary>
internal sealed class OnlineClient : IAsyncDisposable
{
    private readonly EndpointChannel _channel;

    private OnlineClient(EndpointChannel channel)
    {
        _channel = channel;
        Call = channel.AccessPoint().Session();
    }

    public AsyncDuplexStreamingCall<ClientNotice, ServerNotice> Call { get; }

    /// <summary>The session that it is online by.</summary>
    public required string Session { get; init; }

    /// <summary>Where it calls, under the session that it is online by.</summary>
    public EndpointChannel Channel => _channel;

    public static async Task<OnlineClient> GoAsync(
        BackendFixture backend, string account, int peer, int port = 5_000, string site = "",
        DeviceKind kind = DeviceKind.Unspecified, string device = "")
    {
        using var stranger = backend.Connect();
        var login = await BackendFixture.LoginAsync(
            stranger, account, BackendFixture.Password, peer, kind: kind, device: device);
        return await ResumeAsync(backend, login.Session, port, site);
    }

    /// <summary>Goes online by a session that there is.</summary>
    public static async Task<OnlineClient> ResumeAsync(
        BackendFixture backend, string session, int port = 5_000, string site = "")
    {
        var client = new OnlineClient(backend.Connect(session)) { Session = session };
        var online = new ClientOnline { ListenPort = port, Site = site };
        await client.Call.RequestStream.WriteAsync(new ClientNotice { Online = online });
        Assert.NotNull((await client.Call.NextAsync())!.Welcome);
        return client;
    }

    public Task AskReverseAsync(int peer) => Call.RequestStream.WriteAsync(
        new ClientNotice { Reverse = new ReverseWanted { Peer = BackendFixture.Peer(peer) } });

    public Task ReportAsync(int peer) => Call.RequestStream.WriteAsync(new ClientNotice
    {
        Report = new PeerReport { Peer = BackendFixture.Peer(peer), Fault = PeerFault.WrongChunk },
    });

    public Task HoldAsync(ByteString file) =>
        Call.RequestStream.WriteAsync(new ClientNotice { Held = new FileHeld { File = file } });

    /// <summary>
    /// Completes once the access point has taken all that was said: it closes the stream after that.
    /// </summary>
    public Task SettleAsync() => ReadToEndAsync();

    /// <summary>Says that it plays, or does not.</summary>
    public Task PlayAsync(bool isPlaying = true, bool isResumed = false) => Call.RequestStream.WriteAsync(
        new ClientNotice { Playing = new PlayingChanged { Playing = isPlaying, Resumed = isResumed } });

    /// <summary>
    /// Completes once the access point has taken what was said so far: a reverse connect that is passed on has come after
    /// that.
    /// </summary>
    public async Task HasBeenHeardAsync(BackendFixture backend)
    {
        await using var other = await GoAsync(backend, "guessed", 80);
        await AskReverseAsync(80);
        await other.ReadReverseAsync();
    }

    /// <summary>What it is told from now on, until the access point has taken all that was said.</summary>
    public async Task<List<ServerNotice>> ReadToEndAsync()
    {
        await Call.RequestStream.CompleteAsync();
        var notices = new List<ServerNotice>();
        while (await Call.NextAsync() is { } notice)
            notices.Add(notice);

        return notices;
    }

    public async Task<PlayingTaken> ReadTakenAsync()
    {
        while (await Call.NextAsync() is { } notice)
        {
            if (notice.NoticeCase == ServerNotice.NoticeOneofCase.Taken)
                return notice.Taken;
        }

        throw new InvalidOperationException("The stream ended.");
    }

    public async Task<ReverseAsked> ReadReverseAsync()
    {
        while (await Call.NextAsync() is { } notice)
        {
            if (notice.NoticeCase == ServerNotice.NoticeOneofCase.Reverse)
                return notice.Reverse;
        }

        throw new InvalidOperationException("The stream ended.");
    }

    public async ValueTask DisposeAsync()
    {
        Call.Dispose();
        _channel.Dispose();
    }
}
