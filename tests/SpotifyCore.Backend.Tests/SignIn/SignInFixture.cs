using Google.Protobuf;
using SpotifyCore.Backend.Registration;
using SpotifyCore.Backend.Tests.Services;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing.Calls;
using SpotifyCore.Testing.Providers;

namespace SpotifyCore.Backend.Tests.SignIn;

/// <summary>An access point with two providers: one that answers, and one that nobody runs.</summary>
public sealed class SignInFixture : IAsyncLifetime
{
    public const string Provider = "openiddict";
    public const string Silent = "silent";

    public OpenIddictProvider OpenIddict { get; private set; } = null!;

    public BackendFixture Backend { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        OpenIddict = await OpenIddictProvider.StartAsync();
        Backend = new BackendFixture
        {
            IdentityProviders =
            [
                $"{Provider}={OpenIddictProvider.ClientId}@{OpenIddict.Issuer}", $"{Silent}=x@http://127.0.0.1:1/",
            ],
        };
        await Backend.InitializeAsync();
        Backend.Registration.Set("SE", RegistrationMode.Open);
    }

    public async Task DisposeAsync()
    {
        await Backend.DisposeAsync();
        await OpenIddict.DisposeAsync();
    }

    /// <summary>Goes through the flow as a numbered client and has what is to be sent then.</summary>
    public async Task<SignInRequest> AskAsync(EndpointChannel channel, string subject, int peer)
    {
        var begun = await channel.ExternalSignIn().BeginSignInAsync(new BeginSignInRequest());
        OpenIddict.Subject = subject;
        var nonce = SignInNonce.Of(begun.Challenge.Span, BackendFixture.Identity(peer).Id);
        return Request(begun.Challenge, await CodeFlow.RunAsync(OpenIddict, nonce), peer);
    }

    /// <summary>A proof of an account's owner by his password, of a numbered client.</summary>
    public static async Task<OwnerProof> ProveAsync(
        EndpointChannel channel, string name, int peer, string password = BackendFixture.Password)
    {
        var identity = BackendFixture.Identity(peer);
        var asked = await channel.AccessPoint().GetLoginChallengeAsync(new GetLoginChallengeRequest());
        return new OwnerProof
        {
            Login = new LoginRequest
            {
                Name = name,
                Password = password,
                PeerKey = ByteString.CopyFrom(identity.ExportPublicKey()),
                Challenge = asked.Challenge,
                Proof = ByteString.CopyFrom(KeyProof.Sign(identity, asked.Challenge.Span, name)),
            },
        };
    }

    /// <summary>A request with a token, of a numbered client.</summary>
    public static SignInRequest Request(ByteString challenge, string token, int peer)
    {
        var identity = BackendFixture.Identity(peer);
        return new SignInRequest
        {
            Provider = Provider,
            IdToken = token,
            Challenge = challenge,
            PeerKey = ByteString.CopyFrom(identity.ExportPublicKey()),
            Proof = ByteString.CopyFrom(KeyProof.Sign(identity, challenge.Span, token)),
        };
    }
}
