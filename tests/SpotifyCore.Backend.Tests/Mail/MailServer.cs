using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SpotifyCore.Backend.Tests.Mail;

/// <summary>A server that takes mail on loopback, one connection after the other, and keeps what it was told.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? _certificate;
    private readonly string _verdict;
    private readonly Task _serving;

    /// <summary>Starts it.</summary>
    /// <param name="certificate">What it offers TLS with; null for none.</param>
    /// <param name="verdict">What it says of a mail.</param>
    public MailServer(X509Certificate2? certificate = null, string verdict = "250 taken")
    {
        (_certificate, _verdict) = (certificate, verdict);
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The commands that came, and the mails line by line.</summary>
    public List<string> Heard { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await TalkAsync(client.GetStream());
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException)
            {
                return;
            }
            catch (Exception broken) when (broken is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The client went its way.
            }
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        await SayAsync(stream, "220 here");
        while (await ReadAsync(stream) is { } line)
        {
            Heard.Add(line);
            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await SayAsync(stream, _certificate is null ? "250 here" : "250-here\r\n250 STARTTLS");
                    break;
                case "STARTTLS":
                    await SayAsync(stream, "220 go on");
                    var secure = new SslStream(stream);
                    await secure.AuthenticateAsServerAsync(_certificate!);
                    stream = secure;
                    break;
                case "DATA":
                    await SayAsync(stream, "354 go on");
                    while (await ReadAsync(stream) is { } text && text != ".")
                        Heard.Add(text);
                    await SayAsync(stream, _verdict);
                    break;
                case "QUIT":
                    await SayAsync(stream, "221 bye");
                    return;
                default:
                    await SayAsync(stream, "250 fine");
                    break;
            }
        }
    }

    private static Task SayAsync(Stream stream, string line) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n")).AsTask();

    private static async Task<string?> ReadAsync(Stream stream)
    {
        var line = new StringBuilder();
        var next = new byte[1];
        while (await stream.ReadAsync(next) > 0)
        {
            if (next[0] == '\n')
                return line.ToString().TrimEnd('\r');

            line.Append((char)next[0]);
        }

        return null;
    }
}
