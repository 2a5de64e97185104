using Grpc.Core;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Services;
using SpotifyCore.Backend.Streams;
using SpotifyCore.Backend.Tests.Accounts;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Backend.Tracking;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using Session = SpotifyCore.Backend.Accounts.Session;

namespace SpotifyCore.Backend.Tests.Services;

/// <summary>Two devices take the stream of an account at one time.</summary>
public sealed class StreamRaceTests : AccountCase
{
    private readonly HookedDatabase _database;
    private readonly AccountStreams _streams;
    private readonly StreamStore _elsewhere;
    private readonly Session _kitchen;

    public StreamRaceTests()
        : base(new SqliteStore())
    {
        _database = new HookedDatabase(Database);
        _streams = new AccountStreams(new StreamStore(_database, Time), isOne: true);
        _elsewhere = new StreamStore(Database, Time);
        _kitchen = Sessions.Open(Ann, new PeerId(2), new SessionOrigin("kitchen", "")).Session;
    }

    /// <summary>What is said of that then reaches nobody.</summary>
    [Fact]
    public async Task Play_TakenBeforeTheClientStandsThere_IsTold()
    {
        using var desk = Enter(1);
        _database.AfterWrite = () =>
        {
            _elsewhere.Take(_kitchen, StreamWish.Play);
            _streams.NoteTaken(Ann.Id);
        };

        _streams.Play(desk, isResumed: false);

        Assert.Equal("kitchen", (await ReadAsync(desk)).Taken.Device);
        _streams.Renew(desk);
        _streams.Stop(desk);
        Assert.NotNull(_elsewhere.Take(desk.Session, StreamWish.OpenOn).KeptBy);
    }

    /// <summary>What was read of before is no news of one that took it since.</summary>
    [Fact]
    public async Task NoteTaken_OfBeforeTheClientTookItBack_TellsNothing()
    {
        using var desk = Enter(1);
        _streams.Play(desk, isResumed: false);
        _elsewhere.Take(_kitchen, StreamWish.Play);
        _streams.Play(desk, isResumed: false);

        _streams.NoteTaken(Ann.Id);
        _streams.NoteTaken(null);

        Assert.NotNull(_elsewhere.Take(_kitchen, StreamWish.PlayOn).KeptBy);
        desk.TryTell(new ServerNotice());
        Assert.Equal(ServerNotice.NoticeOneofCase.None, (await ReadAsync(desk)).NoticeCase);
    }

    private LivePresence Enter(ulong peer) => new(
        Sessions.Open(Ann, new PeerId(peer), new SessionOrigin("desk", "")).Session,
        new ClientPlace("127.0.0.1", 1, ""), arrival: 1, Time);

    private static async Task<ServerNotice> ReadAsync(LivePresence presence)
    {
        using var over = new CancellationTokenSource();
        var told = new NoticeList();
        var sending = presence.SendAsync(told, over.Token);
        var notice = await told.First.Task;
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        return notice;
    }

    private sealed class NoticeList : IServerStreamWriter<ServerNotice>
    {
        public TaskCompletionSource<ServerNotice> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(ServerNotice message) => WriteAsync(message, CancellationToken.None);

        public Task WriteAsync(ServerNotice message, CancellationToken cancellationToken)
        {
            First.TrySetResult(message);
            return Task.CompletedTask;
        }
    }
}
