using Microsoft.AspNetCore.Http;
using SpotifyCore.Contracts.Serving;

namespace SpotifyCore.Contracts.Tests.Echo;

/// <summary>Lets all in and notes what they call themselves.</summary>
public sealed class HeaderGate : ICallGate
{
    private readonly List<string> _seen = [];

    public IReadOnlyList<string> Seen => _seen;

    public CallTerms Admit(HttpContext call, string method)
    {
        lock (_seen)
            _seen.Add(call.Request.Headers.Authorization.ToString());

        return new CallTerms(0, IsKnown: true);
    }
}
