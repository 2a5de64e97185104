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

    public static async Task<OnlineClient> GoAsync(
        BackendFixture backend, string account, int peer, int port = 5_000, string site = "",
        DeviceKind kind = DeviceKind.Unspecified)
    {
        var client = new OnlineClient(await backend.ConnectAsync(account, peer, kind));
        var online = new ClientOnline { ListenPort = port, Site = site };
        await client.Call.RequestStream.WriteAsync(new ClientNotice { Online = online });
        Assert.NotNull((await client.Call.NextAsync())!.Welcome);
        return client;
    }

    public Task AskReverseAsync(int peer) => Call.RequestStream.WriteAsync(
        new ClientNotice { Reverse = new ReverseWanted { Peer = BackendFixture.Peer(peer) } });

    public Task HoldAsync(ByteString file) =>
        Call.RequestStream.WriteAsync(new ClientNotice { Held = new FileHeld { File = file } });

    /// <summary>
    /// Completes once the access point has taken all that was said: it closes the stream after that.
    /// </summary>
    public Task SettleAsync() => ReadToEndAsync();

    /// <summary>Says that it plays, or does not.</summary>
    public Task PlayAsync(bool isPlaying = true, bool isResumed = false) => Call.RequestStream.WriteAsync(
        new ClientNotice { Playing = new PlayingChanged { Playing = isPlaying, Resumed = isResumed } });

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
