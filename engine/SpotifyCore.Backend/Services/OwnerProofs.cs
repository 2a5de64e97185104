using Grpc.Core;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Backend.Services;

/// <summary>Has who asks under a session prove that the account is his: a session may have been stolen.</summary>
internal sealed class OwnerProofs(LoginCalls logins, SignInCalls signIns)
{
    /// <summary>Looks at a proof.</summary>
    /// <exception cref="RpcException">There is none, or it is refused.</exception>
    public Task CheckAsync(OwnerProof? proof, ServerCallContext call) => proof switch
    {
        { Login: { } login } => logins.ProveOwnerAsync(login, call),
        { SignIn: { } signIn } => signIns.ProveOwnerAsync(signIn, call),
        _ => throw CallFailure.Of(
            StatusCode.InvalidArgument,
            "Prove that the account is yours: by its password, or by signing in through a provider that it is linked with."),
    };
}
