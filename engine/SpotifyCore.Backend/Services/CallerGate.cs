using SpotifyCore.Backend.Accounts;
using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Serving;

namespace SpotifyCore.Backend.Services;

/// <summary>Lets nobody past without a session and the role that a call needs.</summary>
internal sealed class CallerGate(SessionStore sessions)
{
    private const string Scheme = "Bearer ";

    /// <summary>The session that the gate found; for handlers behind it.</summary>
    public static Session SessionOf(RpcServerCall call) => (Session)call.Caller!;

    /// <summary>Notes the call's session, or refuses the call.</summary>
    /// <exception cref="RpcException">No session, or not the role.</exception>
    public void Admit(RpcServerCall call, AccountRoles needed)
    {
        var session = Find(call.Metadata.GetText("authorization"))
            ?? throw new RpcException(
                RpcStatusCode.Unauthenticated, "Log in first: there is no such session, or it has expired.");
        if ((session.Account.Roles & needed) != needed)
            throw new RpcException(
                RpcStatusCode.PermissionDenied, $"This account does not have the role '{RoleNames.Of(needed)}'.");

        call.Caller = session;
    }

    private Session? Find(string? authorization) =>
        authorization is not null && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? sessions.Find(authorization[Scheme.Length..].Trim())
            : null;
}
