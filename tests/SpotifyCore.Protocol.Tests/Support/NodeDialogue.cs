using System.Net;
using System.Net.Sockets;
using System.Text;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Support;

/// <summary>What tests that speak bytes to a node have in common.</summary>
internal static class NodeDialogue
{
    /// <summary>An empty ping and its answer: the connection goes on, and all before it was answered.</summary>
    public const string PingPong = "> 00000000 0500 09000000\n< 00000000 0600 09000000";

    /// <summary>Connects by a plain socket, from an address of loopback, and says nothing yet.</summary>
    public static async Task<WireDialogue> DialAsync(ServerFixture server, string from = "127.0.0.1")
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        return new WireDialogue(new NetworkStream(socket, ownsSocket: true));
    }

    /// <summary>The same, in one version, with the hello answered.</summary>
    public static async Task<WireDialogue> GreetAsync(ServerFixture server, int version, string from = "127.0.0.1")
    {
        var dialogue = await DialAsync(server, from);
        await dialogue.SpeakAsync(
        [
            $"> 0e000000 0100 00000000  53435031 0{version}00 0{version}00 01 00 e60f 4000",
            $"< 08000000 0200 00000000  0{version}00 02 00 0000 4000",
        ]);
        return dialogue;
    }

    /// <summary>The end of a connection; a node waits a second for the other side to close as well.</summary>
    public static Task EndsAsync(WireDialogue dialogue, ManualTimeProvider time) =>
        time.AdvanceUntilAsync(dialogue.EndsAsync());

    /// <summary>An error that must come.</summary>
    public static string Error(int request, int code)
    {
        var text = Encoding.UTF8.GetBytes(ProtocolText.Of((ProtocolCode)code));
        return $"< {Little(2 + text.Length)} 0800 {Little(request)}  {Little(code)[..4]} {Convert.ToHexStringLower(text)}";
    }

    /// <summary>A number of 32 bits as the wire has it.</summary>
    public static string Little(int value) => Convert.ToHexStringLower(BitConverter.GetBytes(value));

    /// <summary>The id of a file as the wire has it.</summary>
    public static string Hex(FileId file)
    {
        var id = new byte[FileId.Size];
        file.Write(id);
        return Convert.ToHexStringLower(id);
    }
}
