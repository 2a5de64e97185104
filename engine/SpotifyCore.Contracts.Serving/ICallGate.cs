using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace SpotifyCore.Contracts.Serving;

/// <summary>Says who may call what, and how much may be sent there. Safe for many threads.</summary>
public interface ICallGate
{
    /// <summary>
    /// Judges a call before a byte of its messages is read. What is found out about the caller goes into the
    /// features of <paramref name="call"/>, for the handlers behind it.
    /// </summary>
    /// <param name="call">The request; its body is not to be touched.</param>
    /// <param name="method">Path of the method: "/package.Service/Method".</param>
    /// <exception cref="RpcException">The call is refused, with this status.</exception>
    CallTerms Admit(HttpContext call, string method);
}
