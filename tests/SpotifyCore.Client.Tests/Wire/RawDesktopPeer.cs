using System.Net.Sockets;
using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Client.Tests.Wire;

/// <summary>A peer of a desktop that is made of sockets and bytes alone; its ticket is a listener's.</summary>
internal sealed class RawDesktopPeer(NodeIdentity identity, WireDialogue dialogue) : IAsyncDisposable
{
    public WireDialogue Dialogue => dialogue;

    /// <summary>The id of a file as the wire has it.</summary>
    public static string Hex(FileId file)
    {
        var id = new byte[FileId.Size];
        file.Write(id);
        return Convert.ToHexStringLower(id);
    }

    /// <summary>A number of 32 bits as the wire has it.</summary>
    public static string Little(int value) => Convert.ToHexStringLower(BitConverter.GetBytes(value));

    /// <summary>Connects to a desktop and says nothing yet.</summary>
    public static async Task<RawDesktopPeer> DialAsync(
        TestNetwork network, SpotifyClient desktop, NodeIdentity? identity = null)
    {
        identity ??= NodeIdentity.Create();
        return await DialAsync(desktop, identity, await network.Press.TicketAsync(identity, TestNetwork.Listener));
    }

    /// <summary>The same, with a ticket that was had before.</summary>
    public static async Task<RawDesktopPeer> DialAsync(
        SpotifyClient desktop, NodeIdentity identity, ReadOnlyMemory<byte> ticket) =>
        Over(await RawTls.ConnectAsync(desktop.ListenPort, identity.Certificate), identity, ticket);

    /// <summary>Connects to a desktop and has its hello answered.</summary>
    public static async Task<RawDesktopPeer> GreetAsync(
        TestNetwork network, SpotifyClient desktop, NodeIdentity? identity = null, int version = 2)
    {
        var peer = await DialAsync(network, desktop, identity);
        await peer.GreetAsync(version);
        return peer;
    }

    /// <summary>Accepts a desktop's connection and reads its hello.</summary>
    public static async Task<RawDesktopPeer> AcceptAsync(
        TcpListener listener, NodeIdentity identity, ReadOnlyMemory<byte> ticket)
    {
        var peer = Over(await RawTls.AcceptAsync(listener, identity.Certificate), identity, ticket);
        await peer.Dialogue.SpeakAsync(
            "< 7e000000 0100 00000000  53435031 0100 0300 01 00 {port} 4000 {its ticket}");
        return peer;
    }

    /// <summary>Says hello, with a listen port of 4070, and has it answered.</summary>
    public Task GreetAsync(int version = 2) => Dialogue.SpeakAsync(
        [
            $"> 7e000000 0100 00000000  53435031 0100 0{version}00 01 00 e60f 4000 {{ticket}}",
            $"< 78000000 0200 00000000  0{version}00 01 00 {{port}} 4000 {{its ticket}}",
        ]);

    /// <summary>Answers the hello of a desktop that was accepted, and shows no ticket.</summary>
    public Task ReplyWithoutTicketAsync() => Dialogue.SendAsync("08000000 0200 00000000  0200 01 00 0000 4000");

    /// <summary>Answers the hello of a desktop that was accepted.</summary>
    public Task ReplyAsync() => Dialogue.SendAsync("78000000 0200 00000000  0200 01 00 0000 4000 {ticket}");

    /// <summary>Sends a ping; what came before it was answered.</summary>
    public async Task<List<byte[]>> UntilPongAsync()
    {
        await Dialogue.SendAsync("00000000 0500 09000000");
        var frames = new List<byte[]>();
        for (var frame = await Dialogue.ReadFrameAsync(); frame[4] != 6; frame = await Dialogue.ReadFrameAsync())
            frames.Add(frame);

        return frames;
    }

    /// <summary>Everything that comes before the far side ends the connection.</summary>
    public async Task<List<byte[]>> UntilEndAsync()
    {
        var frames = new List<byte[]>();
        while (await Dialogue.TryReadFrameAsync() is { } frame)
            frames.Add(frame);

        return frames;
    }

    /// <summary>The next frame of a kind, whatever comes before it.</summary>
    public async Task<byte[]> NextAsync(int kind)
    {
        while (true)
        {
            var frame = await Dialogue.ReadFrameAsync();
            if (BitConverter.ToUInt16(frame, 4) == kind)
                return frame;
        }
    }

    /// <summary>Asks what is held of a file, which must be all of it.</summary>
    public Task AskHeldAsync(int request, FileId file) => Dialogue.SpeakAsync(
        [
            $"> 10000000 1000 {request:x2}000000  {Hex(file)}",
            $"< 1a000000 1100 {request:x2}000000  {Hex(file)} 01 00 00000000 00000000",
        ]);

    /// <summary>Asks for chunks.</summary>
    public Task AskAsync(
        int request, FileId file, int first, int count, bool localOnly = false, int milliseconds = 0) =>
        Dialogue.SendAsync(
            $"1c000000 0e00 {request:x2}000000  {Hex(file)} {first:x2}000000 {count:x2}00 00 0{(localOnly ? 1 : 0)}"
            + $" {Little(milliseconds)}");

    /// <summary>Asks for one chunk each, of the priorities given, in one write.</summary>
    public Task AskAtOnceAsync(FileId file, params (int Request, int Priority)[] requests) =>
        Dialogue.SendAsync(string.Concat(requests.Select(asked =>
            $"1c000000 0e00 {Little(asked.Request)}  {Hex(file)} {Little(0)} 0100 0{asked.Priority} 00 {Little(0)} ")));

    /// <summary>
    /// Reads one whole chunk that was asked for, in pieces that say they come from a peer: on this LAN of one machine,
    /// where no cap is set, in one.
    /// </summary>
    public async Task<byte[]> ReadChunkAsync(int request, int index)
    {
        var chunk = new List<byte>();
        int total;
        do
        {
            var frame = await Dialogue.ReadFrameAsync();
            var piece = frame.Length - 20;
            total = BitConverter.ToUInt16(frame, 16);
            Assert.Equal((15, request), (BitConverter.ToUInt16(frame, 4), BitConverter.ToInt32(frame, 6)));
            Assert.Equal((index, chunk.Count), (BitConverter.ToInt32(frame, 10), BitConverter.ToUInt16(frame, 14)));
            Assert.Equal((2, 0), (frame[18], frame[19]));
            Assert.InRange(piece, 1, Manifest.ChunkSize);
            chunk.AddRange(frame[20..]);
        }
        while (chunk.Count < total);

        return [.. chunk];
    }

    private static RawDesktopPeer Over(Stream stream, NodeIdentity identity, ReadOnlyMemory<byte> ticket)
    {
        var dialogue = new WireDialogue(stream) { ["ticket"] = ticket.ToArray() };
        dialogue.Expect("port", sizeof(ushort));
        dialogue.Expect("its ticket", Ticket.Size);
        return new RawDesktopPeer(identity, dialogue);
    }

    public async ValueTask DisposeAsync()
    {
        await Dialogue.DisposeAsync();
        identity.Dispose();
    }
}
