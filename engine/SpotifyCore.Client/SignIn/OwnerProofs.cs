using Grpc.Core;
using SpotifyCore.Client.Access;
using SpotifyCore.Client.Accounts;
using SpotifyCore.Contracts;

namespace SpotifyCore.Client.SignIn;

/// <summary>Makes what the access point takes for a word of the account's owner.</summary>
internal sealed class OwnerProofs(AccessPointClient link)
{
    private readonly ProviderFlow _flow = new(link);

    /// <summary>Makes a proof of this client.</summary>
    /// <param name="proof">By what.</param>
    /// <param name="show">Has a provider's page opened, where it is by one.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="RpcException">Nobody could be asked, or nobody has signed in.</exception>
    public async Task<OwnerProof> MakeAsync(
        ProofOfOwner proof, Func<Uri, Task> show, CancellationToken cancellationToken)
    {
        if (proof.Provider.Length == 0)
            return new OwnerProof { Login = await link.ProveAsync(proof.Password, cancellationToken) };

        var request = await _flow.RunAsync(proof.Provider, show, isProof: true, cancellationToken);
        link.Sign(request);
        return new OwnerProof { SignIn = request };
    }
}
