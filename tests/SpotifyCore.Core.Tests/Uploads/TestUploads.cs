using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Core.Uploads;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Core.Tests.Uploads;

/// <summary>A queue without a cap of its own, peers of one file, and a clock that stands until a test moves it.</summary>
internal sealed class TestUploads
{
    public static readonly FileId File = new(77);
    public static readonly Instant Start = new(TimeSpan.TicksPerDay);

    private readonly ActionBuffer _actions = new(16);

    public TestUploads() => Queue = new UploadQueue(Options);

    public UploadOptions Options { get; } = new() { MaxBytesPerSecond = int.MaxValue };

    public UploadQueue Queue { get; }

    public Instant Now { get; set; } = Start;

    /// <summary>What the queue wanted done since the last <see cref="Drain"/> or <see cref="Clear"/>.</summary>
    public IClientAction[] Actions => _actions.ToArray();

    /// <summary>The messages among them, with where they go.</summary>
    public SendMessage[] Messages => _actions.Of<SendMessage>().ToArray();

    /// <summary>A neighbour, to whom the file was offered unless that is said.</summary>
    public Link Peer(int number, UInt128 account = default, bool isAllowed = true)
    {
        var link = new Link(new ConnectionId(-number), isNode: false, default, default, Start) { Account = account };
        if (isAllowed)
            Queue.Allow(link, File);

        return link;
    }

    public void Ask(
        Link peer, uint request, uint first, uint count, RequestPriority priority = RequestPriority.Playing) =>
        Queue.Ask(peer, PeerMessage.RequestChunks(request, File, first, count, priority, 0), Now, _actions);

    public void AskHeld(Link peer, uint request) => Queue.AskHeld(peer, request, File, _actions);

    public void AnswerHeld(Link peer, uint request, FileId file) =>
        Queue.AnswerHeld(peer, request, file, held: true, _actions);

    public void Cancel(Link peer, uint request) => Queue.Cancel(peer, request, _actions);

    /// <summary>A chunk of so many bytes has left.</summary>
    public void Sent(Link peer, uint request = 1, int length = 16_384) =>
        Queue.Sent(peer, request, length, Now, _actions);

    public void Forget(Link peer) => Queue.Forget(peer, Now, _actions);

    public void Hold(UploadHold hold) => Queue.SetHold(hold, Now, _actions);

    public void CountMonth(long bytes) => Queue.CountMonth(bytes, Now, _actions);

    public void Serve() => Queue.Serve(Now, _actions);

    public void AdvanceTo(Instant at)
    {
        Assert.NotEqual(Instant.Never, at);
        Now = at;
        Serve();
    }

    public void Clear() => _actions.Clear();

    /// <summary>The chunks that have set out since.</summary>
    public SentChunk[] Drain()
    {
        var sent = _actions.Of<SendChunk>().ToArray()
            .Select(static chunk => new SentChunk(-chunk.Connection.Value, chunk.Request, chunk.Chunk.Index)).ToArray();
        Clear();
        return sent;
    }

    /// <summary>A chunk on its way.</summary>
    /// <param name="Peer">The number of who asked.</param>
    /// <param name="Request">Its request.</param>
    /// <param name="Chunk">Which one.</param>
    internal readonly record struct SentChunk(int Peer, uint Request, uint Chunk);
}
