using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using SpotifyCore.Content.Files;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;

namespace SpotifyCore.Storage.Vault;

/// <summary>
/// A vault on a file system: one file an object, made beside and given its name when it is whole and on disk. A
/// read of
/// a file that is open allocates nothing.
/// </summary>
public sealed class FileVault : IVault, IDisposable
{
    private readonly DirectoryLock _lock;
    private readonly VaultLayout _layout;
    private readonly OpenObjects _open;
    private readonly ConcurrentDictionary<FileId, bool> _damaged = new();
    private readonly ConcurrentDictionary<FileId, TaskCompletionSource> _leaving = new();
    private readonly ILogger<FileVault> _logger;
    private readonly string _directory;
    private long _damagedReads;
    private int _isLost;

    /// <summary>Opens the vault in a directory, which is made when it is not there.</summary>
    /// <exception cref="IOException">Another process has the directory, or it cannot be written.</exception>
    public FileVault(VaultOptions options, ILogger<FileVault> logger)
    {
        ArgumentException.ThrowIfNullOrEmpty(options.Directory);
        _lock = DirectoryLock.Take(options.Directory);
        _layout = new VaultLayout(options.Directory);
        _open = new OpenObjects(options.OpenFiles);
        _directory = options.Directory;
        _logger = logger;
        logger.LogVaultOpened(options.Directory, _layout.Prepare());
    }

    /// <summary>Reads that met damage since the vault was opened.</summary>
    public long DamagedReads => Volatile.Read(ref _damagedReads);

    /// <inheritdoc/>
    public event Action<FileId>? DamageFound;

    /// <inheritdoc/>
    public event Action<FileId>? Absent;

    /// <inheritdoc/>
    public event Action? Lost;

    /// <inheritdoc/>
    public bool Contains(FileId file)
    {
        if (_damaged.ContainsKey(file) || _leaving.ContainsKey(file))
            return false;
        if (File.Exists(_layout.PathOf(file)))
            return true;

        NoteAbsence();
        return false;
    }

    /// <inheritdoc/>
    public bool Holds(FileId file)
    {
        if (!Contains(file))
            return false;

        try
        {
            if (_open.Find(file) is { } found)
                return found.HasWholeLength;
        }
        catch (ObjectDisposedException)
        {
            // Closed for another file meanwhile.
        }

        // Not kept open: what is asked about, thousands at a time, is not to close what is read.
        using var opened = Open(file);
        return opened?.HasWholeLength ?? false;
    }

    /// <inheritdoc/>
    public ValueTask<FilePage> ListAsync(
        FileId after, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return new ValueTask<FilePage>(Task.Run(() => List(after, limit), cancellationToken));
    }

    /// <inheritdoc/>
    /// <remarks>The deadline is not looked at: a disk answers when it does.</remarks>
    public ValueTask<ChunkReadResult> ReadAsync(
        in ChunkRequest request, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(request.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, (long)request.Count * Manifest.ChunkSize);
        return ReadAsync(request.File, request.First, request.Count, destination, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<Manifest?> FindManifestAsync(FileId file, CancellationToken cancellationToken = default) =>
        new(Find(file)?.Manifest);

    /// <inheritdoc/>
    /// <remarks>A file that a read found damaged is not whole, and can be stored again.</remarks>
    /// <exception cref="IOException">
    /// It can't be written, or all was deleted and another process has taken the directory since.
    /// </exception>
    public async ValueTask<IVaultWriter?> BeginAsync(Manifest manifest, CancellationToken cancellationToken = default)
    {
        while (_leaving.TryGetValue(manifest.File, out var decided))
            await decided.Task.WaitAsync(cancellationToken);

        _lock.Renew();
        return Holds(manifest.File)
            ? null
            : new FileVaultWriter(this, _layout.NewTemporary(manifest.File), manifest);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">It can't be deleted.</exception>
    public async ValueTask<bool> DiscardAsync(
        FileId file, Func<CancellationToken, ValueTask<bool>> mayGo, CancellationToken cancellationToken = default)
    {
        var decided = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_leaving.TryAdd(file, decided))
            return false;

        try
        {
            _open.Remove(file);
            if (!_layout.Has(file) || !await mayGo(cancellationToken))
                return false;

            await Task.Run(() => _layout.Delete(file), CancellationToken.None);
            _damaged.TryRemove(file, out _);
            _open.Remove(file);
            _logger.LogDiscarded(file);
            return true;
        }
        finally
        {
            _leaving.TryRemove(file, out _);
            decided.SetResult();
        }
    }

    /// <summary>Closes its files and lets go of the directory.</summary>
    public void Dispose()
    {
        _open.Dispose();
        _lock.Dispose();
    }

    /// <summary>Makes a whole file, already on disk, one of the vault's.</summary>
    internal void Publish(string temporary, Manifest manifest)
    {
        _layout.Publish(temporary, manifest.File);

        // The place of all files is there again, should it have been gone.
        Volatile.Write(ref _isLost, 0);
        _damaged.TryRemove(manifest.File, out _);
        _open.Remove(manifest.File);
        _logger.LogStored(manifest.File, manifest.Length);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ChunkReadResult> ReadAsync(
        FileId file, uint first, uint count, Memory<byte> destination, CancellationToken cancellationToken)
    {
        while (Find(file) is { } found && first < found.Manifest.ChunkCount)
        {
            count = Math.Min(count, found.Manifest.ChunkCount - first);
            var length = ((int)(count - 1) * Manifest.ChunkSize) + found.Manifest.LengthOf(first + count - 1);
            try
            {
                var read = await RandomAccess.ReadAsync(
                    found.Handle, destination[..length], found.OffsetOf(first), cancellationToken);
                var good = CountGood(found.Manifest, first, count, destination.Span[..read]);
                return good == 0 ? ChunkReadResult.NotFound : ChunkReadResult.Found(good, Tier.Master);
            }
            catch (ObjectDisposedException)
            {
                // Closed for another file meanwhile: it is opened again.
            }
            catch (IOException failure)
            {
                if (NoteDamage(file))
                    _logger.LogFileDamaged(file, failure.Message);

                return ChunkReadResult.NotFound;
            }
        }

        return ChunkReadResult.NotFound;
    }

    /// <summary>Bytes up to the first chunk that is not what the manifest says.</summary>
    private int CountGood(Manifest manifest, uint first, uint count, ReadOnlySpan<byte> bytes)
    {
        var good = 0;
        for (var index = first; index < first + count; index++)
        {
            var length = manifest.LengthOf(index);
            if (good + length > bytes.Length || !ChunkVerifier.Matches(manifest, index, bytes.Slice(good, length)))
            {
                if (NoteDamage(manifest.File))
                    _logger.LogChunkDamaged(new ChunkId(manifest.File, index));

                break;
            }

            good += length;
        }

        return good;
    }

    private VaultObject? Find(FileId file) =>
        _open.Find(file) ?? (Open(file) is { } opened ? _open.Add(opened) : null);

    private VaultObject? Open(FileId file)
    {
        if (_leaving.ContainsKey(file))
            return null;

        var path = _layout.PathOf(file);
        if (!File.Exists(path))
        {
            NoteAbsence();
            Absent?.Invoke(file);
            return null;
        }

        string reason;
        try
        {
            if (TryOpen(path, file) is { } opened)
                return opened;

            reason = "its manifest is damaged";
        }
        catch (IOException failure) when (!failure.IsTooManyOpenFiles())
        {
            reason = failure.Message;
        }
        catch (UnauthorizedAccessException failure)
        {
            reason = failure.Message;
        }

        if (NoteDamage(file))
            _logger.LogFileDamaged(file, reason);

        return null;
    }

    private static VaultObject? TryOpen(string path, FileId file)
    {
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        VaultObject? opened = null;
        try
        {
            return opened = VaultObject.TryOpen(handle, file);
        }
        finally
        {
            if (opened is null)
                handle.Dispose();
        }
    }

    /// <summary>True when it is news: a file is reported once, however many of its chunks are read.</summary>
    private bool NoteDamage(FileId file)
    {
        Interlocked.Increment(ref _damagedReads);

        // The next read opens the file anew: it may have been stored again.
        _open.Remove(file);
        if (!_damaged.TryAdd(file, true))
            return false;

        DamageFound?.Invoke(file);
        return true;
    }

    /// <summary>A file is not there: one that never was, or was all of the vault deleted?</summary>
    private void NoteAbsence()
    {
        var isThere = _layout.IsThere;
        if (Interlocked.Exchange(ref _isLost, isThere ? 0 : 1) != 0 || isThere)
            return;

        _logger.LogVaultLost(_directory);
        TryRenewLock();
        Lost?.Invoke();
    }

    // What is read of a directory that another process has is as good as ever; a put fails by itself.
    private void TryRenewLock()
    {
        try
        {
            _lock.Renew();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _logger.LogVaultTaken(failure.Message);
        }
    }

    private FilePage List(FileId after, int limit)
    {
        NoteAbsence();
        var files = _layout.EnumerateAfter(after).Take(limit + 1).ToList();
        var hasMore = files.Count > limit;
        return new FilePage(hasMore ? files[..limit] : files, hasMore);
    }
}
