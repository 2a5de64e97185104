using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace SpotifyCore.Client.Tests.PortMapping;

/// <summary>
/// A router on loopback, over real sockets: SSDP, its description, and the calls of WANIPConnection, each answer to be
/// bent by a test.
/// </summary>
internal sealed partial class TestGateway : IAsyncDisposable
{
    private readonly Socket _ssdp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly TcpListener _http = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _serving;

    public TestGateway()
    {
        _ssdp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _http.Start();
        Location = $"http://127.0.0.1:{((IPEndPoint)_http.LocalEndpoint).Port}/root.xml";
        _serving = Task.WhenAll(AnswerSearchesAsync(), AnswerCallsAsync());
    }

    public IPEndPoint Search => (IPEndPoint)_ssdp.LocalEndPoint!;

    /// <summary>Where it says that it describes itself; null to say nothing.</summary>
    public string? Location { get; set; }

    public string ExternalAddress { get; set; } = "11.22.33.44";

    /// <summary>Ports that other hosts have.</summary>
    public ConcurrentDictionary<string, bool> Taken { get; } = [];

    /// <summary>True to know only mappings without an end.</summary>
    public bool PermanentOnly { get; set; }

    /// <summary>Gives another body than the usual one for a path; null for the usual.</summary>
    public Func<string, string?> Bend { get; set; } = static _ => null;

    /// <summary>External port to internal host, port and lease.</summary>
    public ConcurrentDictionary<string, string> Mappings { get; } = [];

    public int Calls { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _http.Stop();
        _ssdp.Dispose();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private async Task AnswerSearchesAsync()
    {
        var buffer = new byte[2_048];
        while (true)
        {
            var asked = await _ssdp.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _ending.Token);
            var target = TargetLine().Match(Encoding.ASCII.GetString(buffer, 0, asked.ReceivedBytes)).Groups[1].Value;
            if (Location is null || !target.EndsWith(":1", StringComparison.Ordinal))
                continue;

            var answer = $"HTTP/1.1 200 OK\r\nST: {target}\r\nLocation: {Location}\r\nEXT:\r\n\r\n";
            await _ssdp.SendToAsync(Encoding.ASCII.GetBytes(answer), asked.RemoteEndPoint, _ending.Token);
        }
    }

    private async Task AnswerCallsAsync()
    {
        while (true)
        {
            using var caller = await _http.AcceptTcpClientAsync(_ending.Token);
            await using var stream = caller.GetStream();
            var request = await ReadAsync(stream);
            var (status, body) = Answer(request);
            var head = $"HTTP/1.1 {status}\r\nContent-Type: text/xml\r\nConnection: close\r\n\r\n";
            await stream.WriteAsync(Encoding.UTF8.GetBytes(head + body), _ending.Token);
        }
    }

    private async Task<string> ReadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4_096];
        while (true)
        {
            var read = await stream.ReadAsync(buffer, _ending.Token);
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            var whole = text.ToString();
            var end = whole.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            var length = LengthLine().Match(whole);
            if (read == 0 || (end >= 0 && whole.Length - end - 4 >= (length.Success ? int.Parse(length.Groups[1].Value) : 0)))
                return whole;
        }
    }

    private (string Status, string Body) Answer(string request)
    {
        Calls++;
        var path = request.Split(' ')[1];
        if (Bend(path) is { } bent)
            return ("200 OK", bent);
        if (path == "/root.xml")
            return ("200 OK", Description);

        var action = ActionLine().Match(request).Groups[1].Value;
        return action switch
        {
            "GetExternalIPAddress" => Done(action, $"<NewExternalIPAddress>{ExternalAddress}</NewExternalIPAddress>"),
            "AddPortMapping" => Add(request),
            "DeletePortMapping" => Mappings.TryRemove(Value(request, "NewExternalPort"), out _)
                ? Done(action, "")
                : Fault(714, "NoSuchEntryInArray"),
            _ => Fault(401, "Invalid Action"),
        };
    }

    private (string Status, string Body) Add(string request)
    {
        var port = Value(request, "NewExternalPort");
        var lease = Value(request, "NewLeaseDuration");
        if (Taken.ContainsKey(port))
            return Fault(718, "ConflictInMappingEntry");
        if (PermanentOnly && lease != "0")
            return Fault(725, "OnlyPermanentLeasesSupported");

        Mappings[port] = $"{Value(request, "NewInternalClient")}:{Value(request, "NewInternalPort")} {lease}";
        return Done("AddPortMapping", "");
    }

    private static string Value(string request, string name) =>
        Regex.Match(request, $"<{name}>(.*?)</{name}>", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value;

    private static (string Status, string Body) Done(string action, string values) => ("200 OK", Envelope(
        $"<u:{action}Response xmlns:u=\"urn:schemas-upnp-org:service:WANIPConnection:1\">{values}</u:{action}Response>"));

    private static (string Status, string Body) Fault(int code, string text) => ("500 Internal Server Error", Envelope(
        "<s:Fault><faultcode>s:Client</faultcode><faultstring>UPnPError</faultstring><detail>"
        + "<UPnPError xmlns=\"urn:schemas-upnp-org:control-1-0\">"
        + $"<errorCode>{code}</errorCode><errorDescription>{text}</errorDescription></UPnPError></detail></s:Fault>"));

    private static string Envelope(string body) =>
        $"<?xml version=\"1.0\"?><s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>{body}</s:Body></s:Envelope>";

    private const string Description = """
        <?xml version="1.0"?>
        <root xmlns="urn:schemas-upnp-org:device-1-0"><device>
          <deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:1</deviceType>
          <serviceList><service>
            <serviceType>urn:schemas-upnp-org:service:Layer3Forwarding:1</serviceType><controlURL>/l3</controlURL>
          </service></serviceList>
          <deviceList><device><deviceList><device><serviceList>
            <service>
              <serviceType>urn:schemas-upnp-org:service:WANIPConnection:1</serviceType>
              <serviceId>urn:upnp-org:serviceId:WANIPConn1</serviceId>
              <controlURL>/control</controlURL>
            </service>
          </serviceList></device></deviceList></device></deviceList>
        </device></root>
        """;

    [GeneratedRegex("\nST: (?<target>.*)\r", RegexOptions.None, 1_000)]
    private static partial Regex TargetLine();

    [GeneratedRegex("Content-Length: (?<length>[0-9]+)", RegexOptions.IgnoreCase, 1_000)]
    private static partial Regex LengthLine();

    [GeneratedRegex("SOAPAction: \".*#(?<action>.*)\"", RegexOptions.IgnoreCase, 1_000)]
    private static partial Regex ActionLine();
}
