using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Content.Files;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Import.Encoding;
using SpotifyCore.Import.Masters;
using SpotifyCore.Import.Measuring;
using SpotifyCore.Import.Sources;

namespace SpotifyCore.Import.Running;

/// <summary>
/// Takes one source all the way: look for earlier work, decode, encode, seal, store, add to the catalogue, in this
/// order, so that a track is in the catalogue only when each of its files is durable. It is imported when every owner
/// has them so, and incomplete until then. Of a sound that is known only what the catalogue says of it is made anew.
/// Safe for many threads.
/// </summary>
/// <param name="librarian">Catalogue and keys.</param>
/// <param name="store">Master storage.</param>
/// <param name="encoder">Makes the files.</param>
/// <param name="scratch">Room for samples on their way.</param>
/// <param name="cores">One entry a core: whatever computes holds one.</param>
internal sealed class TrackImport(
    ILibrarian librarian, IFileStore store, TrackEncoder encoder, Scratch scratch, SemaphoreSlim cores)
{
    /// <summary>Whether tracks are shown again that were removed from the catalogue by hand.</summary>
    public bool MayRestore { get; init; }

    /// <summary>What sources are adverts of; null where they are music.</summary>
    public AdvertTerms? Advert { get; init; }

    /// <summary>The clock by which files were written long ago, or just now.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Library version and parameters that sounds are encoded with.</summary>
    public string Encoder => encoder.Settings;

    /// <summary>
    /// Says what becomes of each of some sources that are as they were, without reading them; null where one is to be
    /// imported, as not every owner has its files.
    /// </summary>
    public async Task<IReadOnlyList<ImportResult?>> RecogniseAsync(
        IReadOnlyList<UnchangedSource> sources, CancellationToken cancellationToken)
    {
        try
        {
            var files = sources.SelectMany(static source => source.Sound.Files).ToHashSet();
            var missing = (await store.FindMissingAsync(files, cancellationToken)).ToLookup(static copy => copy.File);
            return
            [
                .. sources.Select(source => ResultOf(
                    source.Source, source.Sound.Track, [.. source.Sound.Files.SelectMany(file => missing[file])])),
            ];
        }
        catch (Exception wrong) when (!EndsRun(wrong, cancellationToken))
        {
            // Their imports say so.
            return new ImportResult?[sources.Count];
        }
    }

    /// <summary>
    /// Imports a source; what is wrong with it or with storing it becomes a result.
    /// </summary>
    /// <param name="progress">The source; told how far the work has come.</param>
    /// <param name="cancellationToken">Gives the source up.</param>
    /// <exception cref="NoSpaceException">A master's disk is full, or the one here that samples rest on.</exception>
    public async Task<ImportResult> RunAsync(SourceProgress progress, CancellationToken cancellationToken)
    {
        var source = progress.Source;
        if (source.Refusal is { } refusal)
            return ImportResult.Failed(source, refusal);

        try
        {
            var hash = await SourceHash.ReadAsync(source, Time, cancellationToken);
            if (Advert is not null)
                return await ImportAsync(progress, hash, cancellationToken);

            var known = await FindAsync(source, hash, null, cancellationToken);
            if (known is null)
            {
                hash = await hash.WithEssenceAsync(source, cancellationToken);
                known = hash.Essence is null ? null : await FindAsync(source, hash, null, cancellationToken);
            }

            return known is not null
                ? await FollowAsync(progress, known, hash, cancellationToken)
                : await ImportAsync(progress, hash, cancellationToken);
        }
        catch (IOException full) when (full.IsDiskFull())
        {
            throw new NoSpaceException($"no space left for samples in '{scratch.Path}'");
        }
        catch (Exception wrong) when (!EndsRun(wrong, cancellationToken))
        {
            return ImportResult.Failed(source, ReasonOf(wrong)) with
            {
                Detail = (wrong as SourceException)?.Detail ?? "",
                MayPass = wrong is StoreException || (wrong is RpcException call && call.MayPass()),
            };
        }
    }

    // What goes wrong with a source is that source's failure, however it goes wrong; what is missing here, or is given
    // up, is that of all.
    private static bool EndsRun(Exception wrong, CancellationToken cancellationToken) =>
        wrong is NoSpaceException or ToolMissingException or DllNotFoundException or OutOfMemoryException
        || (wrong is OperationCanceledException && cancellationToken.IsCancellationRequested);

    private static string ReasonOf(Exception wrong) => wrong switch
    {
        UnauthorizedAccessException => "it may not be read by this user",
        FileNotFoundException or DirectoryNotFoundException => "it is not there any more",
        _ => CallFailure.ReasonOf(wrong),
    };

    private Task<KnownSound?> FindAsync(
        SourceFile source, SourceHash hash, string? recording, CancellationToken cancellationToken)
    {
        var request = new FindSourceRequest
        {
            SourceHash = ByteString.CopyFrom(hash.All),
            Encoder = encoder.Settings,
            Location = source.Location,
            Essence = ByteString.CopyFrom(hash.Essence ?? []),
            Recording = recording ?? "",
            Restore = MayRestore,
            Stamp = ByteString.CopyFrom(hash.Stamp),
        };
        return librarian.FindSourceAsync(request, cancellationToken);
    }

    private async Task<ImportResult> FollowAsync(
        SourceProgress progress, KnownSound known, SourceHash hash, CancellationToken cancellationToken)
    {
        var source = progress.Source;
        if (known.IsRemoved && !MayRestore)
            return ImportResult.Removed(source, known.Track);
        if (known.Recording.Length == 0)
            return await ImportAsync(progress, hash, cancellationToken);
        if (!known.IsOutdated && !known.IsRemoved)
            return await CheckAsync(progress, known, ImportResult.Known(source, known.Track), hash, cancellationToken);

        var (label, cover) = await OnCoreAsync(
            async () =>
            {
                var label = await SourceProbe.ReadLabelAsync(source, cancellationToken);
                return (label, await CoverReader.ReadAsync(source, label, scratch, cancellationToken));
            },
            cancellationToken);
        hash = await hash.WithEssenceAsync(source, cancellationToken);
        var request = RequestFor(source, hash, label, cover);
        request.Track = known.Recording;
        request.MovedFrom = FormerLocation(known);
        var added = await librarian.AddTrackAsync(request, cancellationToken);
        if (added.Removed)
            return ImportResult.Removed(source, added.Track);

        var followed = ImportResult.Updated(source, added.Track, label.Tags.Title, ProblemsOf(label, cover)) with
        {
            Status = added.Replaced ? ImportStatus.Updated : ImportStatus.Imported,
        };
        return await CheckAsync(progress, known, followed, hash, cancellationToken);
    }

    /// <summary>Known is whole only where every owner says so; what is lost is made and put again.</summary>
    private async Task<ImportResult> CheckAsync(
        SourceProgress progress,
        KnownSound known,
        ImportResult result,
        SourceHash hash,
        CancellationToken cancellationToken)
    {
        var missing = await store.FindMissingAsync(known.Files, cancellationToken);
        if (missing.Count == 0)
            return result;
        if (ResultOf(progress.Source, result.Track, missing) is { } unread)
            return unread;

        try
        {
            var put = await ImportAsync(progress, hash, cancellationToken);
            return put.Missing.Count == 0 ? put with { Status = ImportStatus.Restored } : put;
        }
        catch (StoreException failed) when (failed is not NoSpaceException)
        {
            var incomplete = ImportResult.Incomplete(progress.Source, result.Track, missing);
            return incomplete with { Problems = [.. incomplete.Problems, failed.Message] };
        }
    }

    // Owners that do not answer would not take anything either; null where one does, and lacks a file.
    private static ImportResult? ResultOf(SourceFile source, string track, IReadOnlyList<MissingCopy> missing) =>
        missing.Count == 0 ? ImportResult.Known(source, track)
            : missing.All(static copy => copy.IsSilent) ? ImportResult.Incomplete(source, track, missing)
            : null;

    private async Task<ImportResult> ImportAsync(
        SourceProgress progress, SourceHash hash, CancellationToken cancellationToken)
    {
        var source = progress.Source;
        hash = await hash.WithEssenceAsync(source, cancellationToken);
        var (facts, decoded, cover) =
            await OnCoreAsync(() => ReadAsync(progress, cancellationToken), cancellationToken);
        using (decoded)
        {
            var request = RequestFor(source, hash, facts, cover);
            request.Track = decoded.Pcm.Track.ToString();
            var known = await FindAsync(source, hash, request.Track, cancellationToken);
            if (known is { Recording.Length: 0 })
                known = null;

            // What is measured may have changed since; copies that are left of a file are of use beside the same file.
            var loudness = known?.Loudness ?? decoded.Loudness;
            (request.Loudness, request.Peak) = (loudness.Integrated, loudness.TruePeak);
            if (known is not null)
                request.MovedFrom = FormerLocation(known);

            var missing = known is null ? null : await store.FindMissingAsync(known.Files, cancellationToken);
            if (missing is null || missing.Any(static copy => !copy.IsSilent))
            {
                var stored = await Task.WhenAll(EncoderSettings.BitsPerSecond.Select(
                    rate => StoreAsync(decoded.Pcm, loudness, rate, progress, cancellationToken)));
                missing = [.. stored.SelectMany(static file => file.Missing)];
                request.Files.AddRange(stored.Select(static file => file.File));
            }

            var added = await librarian.AddTrackAsync(request, cancellationToken);
            if (added.Removed)
                return ImportResult.Removed(source, added.Track);

            var status = request.Files.Count == 0 && added.Replaced ? ImportStatus.Updated : ImportStatus.Imported;
            return new ImportResult(
                source,
                missing.Count == 0 ? status : ImportStatus.Incomplete,
                added.Track,
                facts.Tags.Title,
                decoded.Pcm.Duration,
                [.. decoded.Warnings, .. ProblemsOf(facts, cover), .. MissingCopy.Describe(missing)])
            {
                Missing = missing, Detail = decoded.Detail,
            };
        }
    }

    private AddTrackRequest RequestFor(SourceFile source, SourceHash hash, SourceLabel label, Cover? cover) => new()
    {
        SourceHash = ByteString.CopyFrom(hash.All),
        Essence = ByteString.CopyFrom(hash.Essence ?? []),
        Encoder = encoder.Settings,
        SourceName = Path.GetFileName(source.Name),
        Location = source.Location,
        Tags = CatalogueTags.Of(label.Tags),
        Cover = cover,
        Restore = MayRestore,
        Stamp = ByteString.CopyFrom(hash.Stamp),
        Advert = Advert,
    };

    // Where a source with the same sound was that is there no more: it was moved.
    private static string FormerLocation(KnownSound known) =>
        known.Locations.FirstOrDefault(static location => !File.Exists(location)) ?? "";

    private static string[] ProblemsOf(SourceLabel label, Cover? cover) =>
        label.HasPicture && cover is null ? ["its cover is damaged or too large and was left out"] : [];

    private async Task<(SourceFacts Facts, DecodedSource Decoded, Cover? Cover)> ReadAsync(
        SourceProgress progress, CancellationToken cancellationToken)
    {
        var source = progress.Source;
        var facts = await SourceProbe.ReadAsync(source, cancellationToken);
        progress.Probed(facts);
        var cover = await CoverReader.ReadAsync(source, facts, scratch, cancellationToken);
        return (facts, await SourceDecoder.DecodeAsync(progress, facts, scratch, cancellationToken), cover);
    }

    private async Task<(ImportedFile File, IReadOnlyList<MissingCopy> Missing)> StoreAsync(
        PcmSpool pcm,
        Loudness loudness,
        int bitsPerSecond,
        SourceProgress progress,
        CancellationToken cancellationToken)
    {
        using var file = await OnCoreAsync(
            () => Task.Run(() => encoder.Encode(pcm, bitsPerSecond, progress, cancellationToken), cancellationToken),
            cancellationToken);
        var key = await librarian.DeriveKeyAsync(file.PlaintextHash, cancellationToken);
        var manifest = FileSealer.Seal(file, key, pcm, loudness);
        var chunks = new FileChunkReader(file.Content.SafeFileHandle, manifest);
        var missing = await store.StoreAsync(manifest, chunks, cancellationToken);
        var imported = new ImportedFile
        {
            Manifest = ByteString.CopyFrom(manifest.Bytes.Span),
            PlaintextHash = ByteString.CopyFrom(file.PlaintextHash),
        };
        return (imported, missing);
    }

    private async Task<T> OnCoreAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await cores.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            cores.Release();
        }
    }
}
