using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Storage.Vault;

namespace SpotifyCore.Node.Tests.Repair;

/// <summary>A vault whose calls fail before they reach it, as the test says.</summary>
internal sealed class FailingVault(IVault vault) : IVault
{
    public Action<FileId> OnContains { get; set; } = static _ => { };

    public Action<FileId> OnFindManifest { get; set; } = static _ => { };

    public Action<FileId> OnBegin { get; set; } = static _ => { };

    public event Action<FileId>? DamageFound
    {
        add => vault.DamageFound += value;
        remove => vault.DamageFound -= value;
    }

    public event Action<FileId>? Absent
    {
        add => vault.Absent += value;
        remove => vault.Absent -= value;
    }

    public event Action? Lost
    {
        add => vault.Lost += value;
        remove => vault.Lost -= value;
    }

    public bool Contains(FileId file)
    {
        OnContains(file);
        return vault.Contains(file);
    }

    public bool Holds(FileId file) => vault.Holds(file);

    public ValueTask<FilePage> ListAsync(FileId after, int limit, CancellationToken cancellationToken = default) =>
        vault.ListAsync(after, limit, cancellationToken);

    public ValueTask<IVaultWriter?> BeginAsync(Manifest manifest, CancellationToken cancellationToken = default)
    {
        OnBegin(manifest.File);
        return vault.BeginAsync(manifest, cancellationToken);
    }

    public ValueTask<bool> DiscardAsync(
        FileId file, Func<CancellationToken, ValueTask<bool>> mayGo, CancellationToken cancellationToken = default) =>
        vault.DiscardAsync(file, mayGo, cancellationToken);

    public ValueTask<ChunkReadResult> ReadAsync(
        in ChunkRequest request, Memory<byte> destination, CancellationToken cancellationToken = default) =>
        vault.ReadAsync(request, destination, cancellationToken);

    public ValueTask<Manifest?> FindManifestAsync(FileId file, CancellationToken cancellationToken = default)
    {
        OnFindManifest(file);
        return vault.FindManifestAsync(file, cancellationToken);
    }
}
