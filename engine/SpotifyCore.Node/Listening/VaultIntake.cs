using SpotifyCore.Content.Manifests;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Storage.Vault;

namespace SpotifyCore.Node.Listening;

/// <summary>A vault as the place where a server puts the files that it takes in.</summary>
internal sealed class VaultIntake(IVault vault) : IFileIntake
{
    public async ValueTask<IFileIntakeWriter?> BeginAsync(
        Manifest manifest, CancellationToken cancellationToken = default) =>
        await vault.BeginAsync(manifest, cancellationToken) is { } writer ? new Writer(writer) : null;

    private sealed class Writer(IVaultWriter writer) : IFileIntakeWriter
    {
        public ValueTask<bool> WriteAsync(
            uint index, ReadOnlyMemory<byte> sealedChunk, CancellationToken cancellationToken = default) =>
            writer.WriteAsync(index, sealedChunk, cancellationToken);

        public ValueTask<bool> CommitAsync(CancellationToken cancellationToken = default) =>
            writer.CommitAsync(cancellationToken);

        public ValueTask DisposeAsync() => writer.DisposeAsync();
    }
}
