using System.Net.Http.Headers;

namespace SpotifyCore.Contracts.Endpoints;

/// <summary>Puts the session's token on every request, in clear on loopback and Unix sockets too.</summary>
internal sealed class SessionHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private volatile AuthenticationHeaderValue? _header;

    public string? Token
    {
        get => _header?.Parameter;
        set => _header = value is null ? null : new AuthenticationHeaderValue("Bearer", value);
    }

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_header is { } header)
            request.Headers.Authorization = header;

        return base.SendAsync(request, cancellationToken);
    }
}
