using Microsoft.AspNetCore.Http;
using SpotifyCore.Contracts.Serving;

namespace SpotifyCore.Contracts.Tests.Echo;

/// <summary>Knows whoever has a session, and takes 4 KiB of the others.</summary>
public sealed class StrangerGate : ICallGate
{
    public const int StrangersBytes = 4 << 10;

    public CallTerms Admit(HttpContext call, string method) => call.Request.Headers.Authorization.Count > 0
        ? new CallTerms(0, IsKnown: true)
        : new CallTerms(StrangersBytes, IsKnown: false);
}
