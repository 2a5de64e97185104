using Grpc.Core;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Services;
using SpotifyCore.Backend.Tracking;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Services;

public sealed class LivePresenceTests
{
    /// <summary>A write that is cut off breaks the stream, and its client hears of that in place of why it ends.</summary>
    [Fact]
    public async Task Send_EndedWhileANoticeIsWritten_LetsThatBeWrittenAndCutsOffWhoReadsNothing()
    {
        var time = new ManualTimeProvider();
        using var presence = new LivePresence(
            new Session([], new Account(1, "ann", AccountRoles.Listener), new PeerId(1), []),
            new ClientPlace("127.0.0.1", 1, ""), arrival: 1, time);
        using var ending = new CancellationTokenSource();
        var writer = new SlowWriter();
        var sending = presence.SendAsync(writer, ending.Token);
        Assert.True(presence.TryTell(new ServerNotice()));
        var first = await writer.Begun.Task;

        await ending.CancelAsync();

        Assert.False(first.IsCancellationRequested);
        time.Advance(LivePresence.LastWrite - TimeSpan.FromMilliseconds(1));
        Assert.False(first.IsCancellationRequested);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(first.IsCancellationRequested);

        writer.Written.SetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    private sealed class SlowWriter : IServerStreamWriter<ServerNotice>
    {
        public TaskCompletionSource<CancellationToken> Begun { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(ServerNotice message) => WriteAsync(message, CancellationToken.None);

        public Task WriteAsync(ServerNotice message, CancellationToken cancellationToken)
        {
            Begun.TrySetResult(cancellationToken);
            return Written.Task;
        }
    }
}
