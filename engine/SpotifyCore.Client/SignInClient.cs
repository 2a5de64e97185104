using SpotifyCore.Client.Accounts;
using SpotifyCore.Client.SignIn;
using SpotifyCore.Content.Text;
using SpotifyCore.Contracts;

namespace SpotifyCore.Client;

/// <summary>
/// Signing in through providers of OpenID Connect, in the listener's own browser: no password of theirs comes by here. Safe
/// for many threads.
/// </summary>
public sealed class SignInClient
{
    private readonly ClientComposition _parts;
    private readonly ProviderFlow _flow;
    private readonly OwnerProofs _proofs;

    internal SignInClient(ClientComposition parts) => (_parts, _flow, _proofs) = (
        parts, new ProviderFlow(parts.AccessPoint), new OwnerProofs(parts.AccessPoint));

    /// <summary>The names of the providers that the access point knows, in their order.</summary>
    /// <exception cref="AccessPointException">The access point can't be reached.</exception>
    public Task<IReadOnlyList<string>> ListProvidersAsync(CancellationToken cancellationToken = default) =>
        AccessFailures.MapAsync<IReadOnlyList<string>>(async () =>
        {
            var list = await _parts.AccessPoint.CallSignInsAsync(
                static (calls, options) => calls.ListProvidersAsync(new ListProvidersRequest(), options), cancellationToken);
            return [.. list.Providers.Select(static one => PlainText.Of(one.Name))];
        });

    /// <summary>Logs in and goes online, once somebody has signed in at the provider; they have ten minutes.</summary>
    /// <param name="provider">The provider's name.</param>
    /// <param name="wanted">The account to be made where none is linked with who signs in; null for none.</param>
    /// <param name="show">Has the address opened in a browser, or shown to who has one; called once.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="AccessDeniedException">What the provider says is refused.</exception>
    /// <exception cref="AccessPointException">There is no account, none could be made, or nobody could be asked.</exception>
    public Task LogInAsync(
        string provider, AccountWish? wanted, Func<Uri, Task> show, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(show);
        return AccessFailures.MapAsync(async () =>
        {
            var request = await _flow.RunAsync(provider, show, isProof: false, cancellationToken);
            if (wanted is not null)
            {
                request.Account = new AccountToMake
                {
                    Country = wanted.Country, Name = wanted.Name, Invitation = wanted.Invitation,
                };
            }

            await _parts.LogInAsync(request, cancellationToken);
            return true;
        });
    }

    /// <summary>Links the account that is logged in, once somebody has signed in at the provider.</summary>
    /// <param name="provider">The provider's name.</param>
    /// <param name="proof">That it is the account's owner who asks; one that is by a provider is shown first.</param>
    /// <param name="show">As for a login.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="AccessDeniedException">Nobody is logged in, or with an app password.</exception>
    /// <exception cref="AccessPointException">It can't be linked, the proof is refused, or nobody could be asked.</exception>
    public Task LinkAsync(
        string provider, ProofOfOwner proof, Func<Uri, Task> show, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentNullException.ThrowIfNull(show);
        return AccessFailures.MapAsync(async () =>
        {
            // Who is not logged in need not go through a provider's pages to hear so.
            await ListLinksAsync(cancellationToken);
            var shown = proof.Provider.Length > 0 ? await _proofs.MakeAsync(proof, show, cancellationToken) : null;
            var told = await _flow.RunAsync(provider, show, isProof: false, cancellationToken);
            var request = new LinkRequest
            {
                Provider = told.Provider,
                IdToken = told.IdToken,
                Challenge = told.Challenge,

                // A password's proof holds for a minute: it is made once the person is back from the provider's pages.
                Proof = shown ?? await _proofs.MakeAsync(proof, show, cancellationToken),
            };
            return await _parts.AccessPoint.CallSignInsAsync(
                (calls, options) => calls.LinkAsync(request, options), cancellationToken);
        });
    }

    /// <summary>With whom the account is linked.</summary>
    /// <exception cref="AccessDeniedException">Nobody is logged in, or with an app password.</exception>
    /// <exception cref="AccessPointException">The access point can't be reached.</exception>
    public Task<IReadOnlyList<LinkInfo>> ListLinksAsync(CancellationToken cancellationToken = default) =>
        AccessFailures.MapAsync<IReadOnlyList<LinkInfo>>(async () =>
        {
            var list = await _parts.AccessPoint.CallSignInsAsync(
                static (calls, options) => calls.ListLinksAsync(new ListLinksRequest(), options), cancellationToken);
            return [.. list.Links.Select(static link => new LinkInfo(
                PlainText.Of(link.Provider), PlainText.Of(link.Subject),
                DateTimeOffset.FromUnixTimeMilliseconds(link.LinkedUnixMs),
                link.UsedUnixMs == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(link.UsedUnixMs)))];
        });

    /// <summary>Ends a link, and what is logged in by it, at once.</summary>
    /// <returns>How many sessions have ended.</returns>
    /// <param name="provider">The provider's name.</param>
    /// <param name="proof">That it is the account's owner who asks.</param>
    /// <param name="show">As for a login, where the proof is by a provider.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="AccessDeniedException">Nobody is logged in, or with an app password.</exception>
    /// <exception cref="AccessPointException">
    /// There is none, it is the only way to log in, or the proof is refused.
    /// </exception>
    public Task<int> UnlinkAsync(
        string provider, ProofOfOwner proof, Func<Uri, Task> show, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentNullException.ThrowIfNull(show);
        return AccessFailures.MapAsync(async () =>
        {
            await ListLinksAsync(cancellationToken);
            var request = new UnlinkRequest
            {
                Provider = provider, Proof = await _proofs.MakeAsync(proof, show, cancellationToken),
            };
            return (await _parts.AccessPoint.CallSignInsAsync(
                (calls, options) => calls.UnlinkAsync(request, options), cancellationToken)).Ended;
        });
    }
}
