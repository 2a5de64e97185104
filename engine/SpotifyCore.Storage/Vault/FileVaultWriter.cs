using Microsoft.Win32.SafeHandles;
using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Storage.Vault;

/// <summary>Writes a new file beside the vault's until it is whole.</summary>
internal sealed class FileVaultWriter : IVaultWriter
{
    private readonly FileVault _vault;
    private readonly string _temporary;
    private readonly VaultObject _object;
    private readonly bool[] _written;
    private uint _missing;
    private bool _committed;

    public FileVaultWriter(FileVault vault, string temporary, Manifest manifest)
    {
        _vault = vault;
        _temporary = temporary;
        _written = new bool[manifest.ChunkCount];
        _missing = manifest.ChunkCount;
        var handle = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write);
        _object = new VaultObject(handle, manifest);
        try
        {
            RandomAccess.Write(handle, VaultObject.HeadOf(manifest), 0);
        }
        catch
        {
            Remove();
            throw;
        }
    }

    public async ValueTask<bool> WriteAsync(
        uint index, ReadOnlyMemory<byte> sealedChunk, CancellationToken cancellationToken = default)
    {
        if (!ChunkVerifier.Matches(_object.Manifest, index, sealedChunk.Span))
            return false;

        await RandomAccess.WriteAsync(_object.Handle, sealedChunk, _object.OffsetOf(index), cancellationToken);
        if (!_written[index])
            _missing--;

        _written[index] = true;
        return true;
    }

    public async ValueTask<bool> CommitAsync(CancellationToken cancellationToken = default)
    {
        if (_missing > 0)
            return false;

        if (!_committed)
            await Task.Run(Commit, cancellationToken);
        return true;
    }

    public ValueTask DisposeAsync()
    {
        if (!_committed)
            Remove();

        return ValueTask.CompletedTask;
    }

    private void Remove()
    {
        _object.Dispose();
        File.Delete(_temporary);
    }

    private void Commit()
    {
        RandomAccess.FlushToDisk(_object.Handle);
        _object.Dispose();
        _vault.Publish(_temporary, _object.Manifest);
        _committed = true;
    }
}
