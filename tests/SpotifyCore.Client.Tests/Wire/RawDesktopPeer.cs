using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Content.Identity;
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

    /// <summary>Connects to a desktop and says nothing yet.</summary>
    public static async Task<RawDesktopPeer> DialAsync(TestNetwork network, SpotifyClient desktop, NodeIdentity? identity = null)
    {
        identity ??= NodeIdentity.Create();
        var ticket = await network.Press.TicketAsync(identity, TestNetwork.Listener);
        var dialogue = new WireDialogue(await RawTls.ConnectAsync(desktop.ListenPort, identity.Certificate))
        {
            ["ticket"] = ticket.ToArray(),
        };
        dialogue.Expect("port", sizeof(ushort));
        dialogue.Expect("its ticket", Ticket.Size);
        return new RawDesktopPeer(identity, dialogue);
    }

    /// <summary>Connects to a desktop and has its hello answered.</summary>
    public static async Task<RawDesktopPeer> GreetAsync(TestNetwork network, SpotifyClient desktop, NodeIdentity? identity = null)
    {
        var peer = await DialAsync(network, desktop, identity);
        await peer.Dialogue.SpeakAsync(
            """
            > 7e000000 0100 00000000  53435031 0100 0200 01 00 0000 4000 {ticket}
            < 78000000 0200 00000000  0200 01 00 {port} 4000 {its ticket}
            """);
        return peer;
    }

    /// <summary>Asks what is held of a file, which must be all of it.</summary>
    public Task AskHeldAsync(int request, FileId file) => Dialogue.SpeakAsync(
        [
            $"> 10000000 1000 {request:x2}000000  {Hex(file)}",
            $"< 1a000000 1100 {request:x2}000000  {Hex(file)} 01 00 00000000 00000000",
        ]);

    /// <summary>Asks for chunks.</summary>
    public Task AskAsync(int request, FileId file, int first, int count) => Dialogue.SendAsync(
        $"1c000000 0e00 {request:x2}000000  {Hex(file)} {first:x2}000000 {count:x2}00 00 00 00000000");

    /// <summary>Reads one whole chunk that was asked for, in pieces of at most 4 KiB that say they come from a peer.</summary>
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
            Assert.InRange(piece, 1, 4_096);
            chunk.AddRange(frame[20..]);
        }
        while (chunk.Count < total);

        return [.. chunk];
    }

    public async ValueTask DisposeAsync()
    {
        await Dialogue.DisposeAsync();
        identity.Dispose();
    }
}
