using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Registration;
using SpotifyCore.Backend.SignIn;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Backend.Services;

/// <summary>What follows from what a provider says.</summary>
internal sealed class SignInCalls(
    IdentityProviders providers, SignInService signIns, LoginCalls logins, ILogger<SignInCalls> logger)
{
    // OpenID Connect's own, and what people are called there.
    private static readonly string[] Scopes = ["openid", "profile"];

    public Task<ProviderList> ListProvidersAsync()
    {
        var list = new ProviderList();
        list.Providers.AddRange(providers.List().Select(static one => new Provider
        {
            Name = one.Name, Issuer = one.Issuer, ClientId = one.ClientId, Scopes = { Scopes },
        }));
        return Task.FromResult(list);
    }

    public Task<SignInChallenge> BeginAsync() =>
        Task.FromResult(new SignInChallenge { Challenge = ByteString.CopyFrom(signIns.Begin()) });

    public async Task<LoginReply> SignInAsync(SignInRequest request, ServerCallContext call)
    {
        if (!KeyProof.TryCheck(
            request.PeerKey.Span, request.Challenge.Span, request.IdToken, request.Proof.Span, out var peer))
            throw CallFailure.Of(StatusCode.InvalidArgument, "The client's key is not proved.");

        var provider = Find(request.Provider);
        var attempt = new SignInAttempt(provider, request.IdToken, request.Challenge.ToByteArray(), peer)
        {
            Address = call.GetHttpContext().Connection.RemoteIpAddress,
            Device = LoginCalls.DeviceOf(request.Device),
            Kind = LoginCalls.KindOf(request.DeviceKind),
            Needed = LoginCalls.RoleOf(request.Role),
        };
        var wanted = Read(request, attempt);
        var result = await signIns.SignInAsync(attempt, wanted, call.CancellationToken);
        return result.Opened is { } opened
            ? logins.Welcome(opened.Token, opened.Session, opened.Replaced)
            : throw Refuse(attempt, wanted, result, StatusCode.Unauthenticated);
    }

    public async Task<LinkReply> LinkAsync(LinkRequest request, ServerCallContext call)
    {
        var caller = CallerGate.SessionOf(call);
        var provider = Find(request.Provider);
        var attempt = new SignInAttempt(provider, request.IdToken, request.Challenge.ToByteArray(), caller.Peer)
        {
            Address = call.GetHttpContext().Connection.RemoteIpAddress,
        };
        var result = await signIns.LinkAsync(caller.Account, attempt, call.CancellationToken);
        if (result.Outcome != SignInOutcome.Done)
            throw Refuse(attempt, wanted: null, result, StatusCode.InvalidArgument);

        logger.Linked(caller.Account.Name, provider.Setting.Name, attempt.Address);
        return new LinkReply();
    }

    private IdentityProvider Find(string name) => providers.Find(name)
        ?? throw CallFailure.Of(StatusCode.InvalidArgument, "There is no such provider here.");

    private RpcException Refuse(
        SignInAttempt attempt, WantedAccount? wanted, SignInResult result, StatusCode refused)
    {
        var provider = attempt.Provider.Setting.Name;
        logger.SignInRefused(provider, attempt.Address, result.Outcome, result.Reason);
        return result.Outcome switch
        {
            SignInOutcome.Throttled => CallFailure.Of(
                StatusCode.ResourceExhausted, $"Too many tries: wait {Math.Ceiling(result.Wait.TotalSeconds)} s."),
            SignInOutcome.NotFresh => CallFailure.Of(
                StatusCode.FailedPrecondition, "Sign in anew: this sign-in took too long, or has been used."),
            SignInOutcome.Unanswered => CallFailure.Of(StatusCode.Unavailable, result.Reason),
            SignInOutcome.NoAccount => CallFailure.Of(
                StatusCode.NotFound,
                $"No account here is linked with yours at '{provider}': register, or link one that you have."),
            SignInOutcome.NotRegistered => RegisterCalls.Refuse(wanted!, result.Refusal),
            SignInOutcome.Lacking => CallFailure.Of(
                StatusCode.PermissionDenied, $"That account may not {RoleNames.DeedsOf(result.Missing)}."),
            SignInOutcome.OfAnother => CallFailure.Of(
                StatusCode.AlreadyExists, $"Another account is linked with yours at '{provider}' already."),
            SignInOutcome.WithAnother => CallFailure.Of(
                StatusCode.AlreadyExists, $"The account is linked with another at '{provider}': unlink that first."),
            _ => CallFailure.Of(refused, result.Reason),
        };
    }

    private static WantedAccount? Read(SignInRequest request, SignInAttempt attempt)
    {
        if (request.Account is not { } account)
            return null;

        try
        {
            return WantedAccount.WithoutPassword(account.Name, account.Country, account.Invitation, attempt.Address);
        }
        catch (AccountException wrong)
        {
            throw CallFailure.Of(StatusCode.InvalidArgument, wrong.Message);
        }
    }
}
