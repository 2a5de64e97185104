using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Contracts.Serving;

namespace SpotifyCore.Backend.Services;

/// <summary>Lets nobody past without a session and the role that a call needs.</summary>
internal sealed class CallerGate(SessionStore sessions) : ICallGate
{
    private const string Scheme = "Bearer ";

    /// <summary>The session that the gate found; for handlers behind it.</summary>
    public static Session SessionOf(ServerCallContext call) =>
        call.GetHttpContext().Features.GetRequiredFeature<Session>();

    /// <inheritdoc/>
    public CallTerms Admit(HttpContext call, string method)
    {
        var rule = CallRule.Of(method);
        if (rule.Needed is { } needed)
            call.Features.Set(Admit(call, needed, rule.IsOfStreaming));

        return new CallTerms(rule.MaxMessageBytes, IsKnown: rule.Needed is not null);
    }

    private Session Admit(HttpContext call, AccountRoles needed, bool isOfStreaming)
    {
        var session = Find(call.Request.Headers.Authorization.ToString())
            ?? throw CallFailure.Of(
                StatusCode.Unauthenticated, "Log in first: there is no such session, or it has expired.");
        if (session.IsForStreamingAlone && !isOfStreaming)
            throw CallFailure.Of(
                StatusCode.PermissionDenied, "An app password is for listening alone: log in with the account's own.");
        if ((session.Account.Roles & needed) != needed)
            throw CallFailure.Of(
                StatusCode.PermissionDenied, $"This account does not have the role '{RoleNames.Of(needed)}'.");

        return session;
    }

    private Session? Find(string authorization) =>
        authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? sessions.Find(authorization[Scheme.Length..].Trim())
            : null;
}
