using Microsoft.AspNetCore.Http;

namespace SpotifyCore.Contracts.Serving;

/// <summary>Lets everybody in who can reach the server, such as those whom a socket's mode lets connect.</summary>
public sealed class OpenGate : ICallGate
{
    /// <inheritdoc/>
    public CallTerms Admit(HttpContext call, string method) => new(MaxMessageBytes: 0, IsKnown: true);
}
