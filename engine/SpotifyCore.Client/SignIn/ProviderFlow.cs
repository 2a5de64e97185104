using Duende.IdentityModel.Client;
using Duende.IdentityModel.OidcClient;
using Grpc.Core;
using SpotifyCore.Client.Access;
using SpotifyCore.Content.Text;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Client.SignIn;

/// <summary>
/// The code flow with PKCE, from the access point's challenge to the provider's id token. The token is looked at by the
/// access point, for which alone it is good.
/// </summary>
internal sealed class ProviderFlow(AccessPointClient link)
{
    // As long as the challenge holds.
    private static readonly TimeSpan PersonsPatience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private const int MaxAnswerBytes = 256 << 10;

    // So lately, in seconds, a person is to have signed in who proves by it whose an account is.
    private const string ProofAge = "300";

    /// <summary>Goes through it.</summary>
    /// <param name="provider">The provider's name.</param>
    /// <param name="show">Has a person open an address in a browser; the flow goes on behind it.</param>
    /// <param name="isProof">Whether the person is to sign in anew, also where the provider knows him from before.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>Provider, token and challenge.</returns>
    /// <exception cref="RpcException">It did not come to a token; the message says why.</exception>
    public async Task<SignInRequest> RunAsync(
        string provider, Func<Uri, Task> show, bool isProof, CancellationToken cancellationToken)
    {
        var list = await link.CallSignInsAsync(
            static (calls, options) => calls.ListProvidersAsync(new ListProvidersRequest(), options), cancellationToken);
        var chosen = list.Providers.FirstOrDefault(one => one.Name == provider) ?? throw Unknown(list);
        var begun = await link.CallSignInsAsync(
            static (calls, options) => calls.BeginSignInAsync(new BeginSignInRequest(), options), cancellationToken);
        return new SignInRequest
        {
            Provider = chosen.Name,
            Challenge = begun.Challenge,
            IdToken = await AskAsync(chosen, WishesOf(link.NonceOf(begun.Challenge), isProof), show, cancellationToken),
        };
    }

    private async Task<string> AskAsync(
        Provider provider, Parameters wishes, Func<Uri, Task> show, CancellationToken cancellationToken)
    {
        using var redirect = LoopbackRedirect.Open();
        using var http = CreateHttp();
        var client = new OidcClient(OptionsOf(provider, redirect.Address, http));
        var flow = await BeginAsync(client, wishes, cancellationToken);
        if (flow is not { IsError: false } || !IsOfBrowsers(flow.StartUrl, out var address))
            throw Failed($"The provider '{provider.Name}' does not answer as one does.");

        await show(address);
        var answer = await ReceiveAsync(redirect, flow.State, cancellationToken);
        var result = await client.ProcessResponseAsync(answer, flow, cancellationToken: cancellationToken);
        return !result.IsError && result.IdentityToken is { Length: > 0 } token
            ? token
            : throw Failed($"The provider '{provider.Name}' has signed nobody in: {PlainText.Of(result.Error ?? "no token")}.");
    }

    private static Parameters WishesOf(string nonce, bool isProof)
    {
        var wishes = new Parameters { { "nonce", nonce } };
        if (isProof)
            wishes.Add("max_age", ProofAge);

        return wishes;
    }

    /// <summary>What the flow begins with; null where the provider's configuration can't be had.</summary>
    private static async Task<AuthorizeState?> BeginAsync(
        OidcClient client, Parameters wishes, CancellationToken cancellationToken)
    {
        try
        {
            return await client.PrepareLoginAsync(wishes, cancellationToken);
        }
        catch (Exception failure) when (failure is InvalidOperationException or HttpRequestException)
        {
            return null;
        }
    }

    private async Task<string> ReceiveAsync(LoopbackRedirect redirect, string state, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(PersonsPatience, link.Time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return await redirect.ReceiveAsync(state, over.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            throw Failed("Nobody has signed in within ten minutes.");
        }
    }

    private static OidcClientOptions OptionsOf(Provider provider, string redirect, HttpClient http)
    {
        var options = new OidcClientOptions
        {
            Authority = provider.Issuer,
            ClientId = provider.ClientId,
            Scope = string.Join(' ', provider.Scopes),
            RedirectUri = redirect,
            LoadProfile = false,
            HttpClientFactory = _ => http,
        };

        // A provider may have its endpoints elsewhere: whoever answers for the issuer over TLS names them.
        options.Policy.Discovery.ValidateEndpoints = false;
        return options;
    }

    private static HttpClient CreateHttp() => new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = Patience, MaxResponseContentBufferSize = MaxAnswerBytes,
    };

    // What opens an address opens any, also those of programs.
    private static bool IsOfBrowsers(string text, out Uri address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address!)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    private static RpcException Unknown(ProviderList list) => Failed(list.Providers.Count == 0
        ? "There are no providers to sign in through here."
        : $"There is no such provider here; there are: {PlainText.Of(string.Join(", ", list.Providers.Select(static one => one.Name)))}.");

    private static RpcException Failed(string reason) => CallFailure.Of(StatusCode.FailedPrecondition, reason);
}
