using Microsoft.AspNetCore.Http;
using SpotifyCore.Contracts.Serving;

namespace SpotifyCore.Contracts.Tests.Echo;

/// <summary>Knows whoever has a session, takes 4 KiB of the others, and tells which method is called.</summary>
public sealed class StrangerGate(Action<string>? called = null) : ICallGate
{
    public const int StrangersBytes = 4 << 10;

    public CallTerms Admit(HttpContext call, string method)
    {
        called?.Invoke(method);
        return call.Request.Headers.Authorization.Count > 0
            ? new CallTerms(0, IsKnown: true)
            : new CallTerms(StrangersBytes, IsKnown: false);
    }
}
