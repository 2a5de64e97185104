using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Storage.Vault;

namespace SpotifyCore.Node.Listening;

/// <summary>A vault as what a server says of the files it holds.</summary>
internal sealed class VaultHoldings(IVault vault) : IHeldFiles
{
    public bool Holds(FileId file) => vault.Holds(file);

    public ValueTask<FilePage> ListAsync(
        FileId after, int limit, CancellationToken cancellationToken = default) =>
        vault.ListAsync(after, limit, cancellationToken);
}
