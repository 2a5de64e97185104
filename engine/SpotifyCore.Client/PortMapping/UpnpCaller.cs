using System.Net;
using System.Security;
using System.Text;
using System.Xml;

namespace SpotifyCore.Client.PortMapping;

/// <summary>
/// Fetches descriptions and calls services of gateways: HTTP without proxies, redirects and cookies, a bounded answer,
/// a bounded time.
/// </summary>
internal sealed class UpnpCaller : IDisposable
{
    private const int MaxAnswer = 64 * 1024;
    private const int MaxText = 1_024;

    private readonly HttpClient _http;

    /// <summary>A caller whose every call ends within a time.</summary>
    public UpnpCaller(TimeSpan patience)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = patience,
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromSeconds(30),
        };
        _http = new HttpClient(handler) { MaxResponseContentBufferSize = MaxAnswer, Timeout = patience };
    }

    /// <summary>The service of a gateway that maps ports.</summary>
    /// <exception cref="IOException">There is none, or nobody answers.</exception>
    public async Task<GatewayDescription> DescribeAsync(Uri place, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, place), cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new IOException($"{place} answers with {(int)answer.StatusCode}.");

        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            return GatewayDescription.Read(body, place)
                ?? throw new IOException($"{place} describes nothing that maps ports.");
        }
        catch (XmlException broken)
        {
            throw new IOException($"{place} can't be read: {broken.Message}", broken);
        }
    }

    /// <summary>Calls an action; the values of its answer by name.</summary>
    /// <exception cref="UpnpException">It was refused.</exception>
    /// <exception cref="IOException">Nobody answers, or nothing that can be read.</exception>
    public async Task<IReadOnlyDictionary<string, string>> CallAsync(
        GatewayDescription service, string action, (string Name, string Value)[] arguments,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, service.Control);
        var envelope = Envelope(service.ServiceType, action, arguments);
        request.Content = new StringContent(envelope, Encoding.UTF8, "text/xml");
        request.Headers.Add("SOAPAction", $"\"{service.ServiceType}#{action}\"");
        using var answer = await SendAsync(request, cancellationToken);
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var values = Read(body);
        if (answer.IsSuccessStatusCode)
            return values;

        _ = int.TryParse(values.GetValueOrDefault("errorCode"), out var code);
        var reason = values.GetValueOrDefault("errorDescription") ?? answer.ReasonPhrase;
        throw new UpnpException(code, $"{action} was refused: {reason} ({code})");
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static string Envelope(string service, string action, (string Name, string Value)[] arguments)
    {
        var values = string.Concat(arguments.Select(static argument =>
            $"<{argument.Name}>{SecurityElement.Escape(argument.Value)}</{argument.Name}>"));
        return "<?xml version=\"1.0\"?><s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" "
            + "s:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><s:Body>"
            + $"<u:{action} xmlns:u=\"{SecurityElement.Escape(service)}\">{values}</u:{action}>"
            + "</s:Body></s:Envelope>";
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException failure)
        {
            throw new IOException(failure.Message, failure);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("It does not answer in time.", late);
        }
    }

    /// <summary>The texts of an answer by the names of their elements, wherever they stand.</summary>
    private static Dictionary<string, string> Read(Stream body)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var reader = XmlReader.Create(body, GatewayDescription.Safe);
            var name = "";
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element)
                    name = reader.LocalName;
                else if (reader.NodeType == XmlNodeType.Text && reader.Value.Length <= MaxText)
                    values[name] = reader.Value.Trim();
            }
        }
        catch (XmlException broken)
        {
            throw new IOException($"The answer can't be read: {broken.Message}", broken);
        }

        return values;
    }
}
