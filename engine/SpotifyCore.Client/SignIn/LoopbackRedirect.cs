using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SpotifyCore.Client.SignIn;

/// <summary>
/// Where a provider sends the browser back to, on this machine alone (RFC 8252), and what it shows then. Anybody here may
/// come: who does not know the flow's state is sent away, and the flow goes on.
/// </summary>
internal sealed class LoopbackRedirect : IDisposable
{
    private const int Tries = 10;
    private const string Path = "/signed-in";

    private readonly HttpListener _listener;
    private readonly int _port;

    private LoopbackRedirect(HttpListener listener, int port) => (_listener, _port) = (listener, port);

    /// <summary>The address that is given to the provider.</summary>
    public string Address => $"http://127.0.0.1:{_port}{Path}";

    /// <summary>Listens at a port that is free.</summary>
    /// <exception cref="HttpListenerException">There is none.</exception>
    public static LoopbackRedirect Open()
    {
        for (var left = Tries; ; left--)
        {
            var port = FindPort();
            var listener = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/" } };
            try
            {
                listener.Start();
                return new LoopbackRedirect(listener, port);
            }
            catch (HttpListenerException) when (left > 1)
            {
                // Another program was faster.
                listener.Close();
            }
        }
    }

    /// <summary>Waits for the browser, and shows it that it may be closed.</summary>
    /// <param name="state">What the provider was given to send along.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>What the provider says, as it stands in the address.</returns>
    public async Task<string> ReceiveAsync(string state, CancellationToken cancellationToken)
    {
        while (true)
        {
            var came = await _listener.GetContextAsync().WaitAsync(cancellationToken);
            var isMeant = came.Request.Url?.AbsolutePath == Path && came.Request.QueryString["state"] == state;
            var isRefused = came.Request.QueryString["error"] is not null;
            Answer(came.Response, isMeant, isRefused);
            if (isMeant)
                return came.Request.Url!.Query;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Close();

    private static void Answer(HttpListenerResponse response, bool isMeant, bool isRefused)
    {
        var text = (isMeant, isRefused) switch
        {
            (false, _) => "Nobody signs in here.",
            (_, true) => "That did not work: SpotifyCore says why. You may close this page.",
            _ => "That was all here: SpotifyCore goes on. You may close this page.",
        };
        response.StatusCode = isMeant ? 200 : 404;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers["Cache-Control"] = "no-store";
        response.Headers["Content-Security-Policy"] = "default-src 'none'";
        try
        {
            // All of it is gone before the listener is: it fits any socket's buffer.
            response.Close(
                Encoding.UTF8.GetBytes($"<!doctype html><title>SpotifyCore</title><p>{text}</p>\n"), willBlock: true);
        }
        catch (Exception gone) when (gone is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The browser did not wait for it.
        }
    }

    private static int FindPort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
