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
        var attempt = Read(request, call);
        var wanted = ReadWanted(request, attempt);
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
        try
        {
            var result = await signIns.LinkAsync(caller, attempt, call.CancellationToken);
            if (result.Outcome != SignInOutcome.Done)
                throw Refuse(attempt, wanted: null, result, StatusCode.InvalidArgument);
        }
        catch (AccountException ended)
        {
            throw CallFailure.Of(StatusCode.FailedPrecondition, ended.Message);
        }

        logger.Linked(caller.Account.Name, provider.Setting.Name, attempt.Address);
        return new LinkReply();
    }

    /// <summary>Has who asks under a session prove that the account is his.</summary>
    /// <exception cref="RpcException">He does not.</exception>
    public async Task ProveOwnerAsync(SignInRequest request, ServerCallContext call)
    {
        var caller = CallerGate.SessionOf(call);
        var attempt = Read(request, call, SignInService.ProofAge);
        LoginCalls.ThrowIfOfAnotherClient(caller, attempt.Peer);
        var result = await signIns.ProveAsync(caller.Account, attempt, call.CancellationToken);
        if (result.Outcome != SignInOutcome.Done)
            throw Refuse(attempt, wanted: null, result, StatusCode.InvalidArgument);
    }

    private SignInAttempt Read(SignInRequest request, ServerCallContext call, TimeSpan? maxAge = null)
    {
        if (!KeyProof.TryCheck(
            request.PeerKey.Span, request.Challenge.Span, request.IdToken, request.Proof.Span, out var peer))
            throw CallFailure.Of(StatusCode.InvalidArgument, "The client's key is not proved.");

        return new SignInAttempt(Find(request.Provider), request.IdToken, request.Challenge.ToByteArray(), peer)
        {
            MaxAge = maxAge,
            Address = call.GetHttpContext().Connection.RemoteIpAddress,
            Device = LoginCalls.DeviceOf(request.Device),
            Kind = LoginCalls.KindOf(request.DeviceKind),
            Needed = LoginCalls.RoleOf(request.Role),
        };
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
            SignInOutcome.NotOfAccount => CallFailure.Of(
                refused, $"The account is not linked with who has signed in at '{provider}'."),
            _ => CallFailure.Of(refused, result.Reason),
        };
    }

    private static WantedAccount? ReadWanted(SignInRequest request, SignInAttempt attempt)
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
