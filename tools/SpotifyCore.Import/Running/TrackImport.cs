using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Content.Files;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Import.Encoding;
using SpotifyCore.Import.Masters;
using SpotifyCore.Import.Sources;

namespace SpotifyCore.Import.Running;

/// <summary>
/// Takes one source all the way: look for earlier work, decode, encode, seal, store, add to the catalogue, in this
/// order, so that a track is in the catalogue only when each of its files is durable. It is imported when every owner
/// has them so, and incomplete until then. Safe for many threads.
/// </summary>
/// <param name="librarian">Catalogue and keys.</param>
/// <param name="store">Master storage.</param>
/// <param name="encoder">Makes the files.</param>
/// <param name="scratch">Room for samples on their way.</param>
/// <param name="cores">One entry a core: whatever computes holds one.</param>
internal sealed class TrackImport(
    ILibrarian librarian, IFileStore store, TrackEncoder encoder, Scratch scratch, SemaphoreSlim cores)
{
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
            var hash = await HashAsync(source, cancellationToken);
            return await librarian.FindSourceAsync(hash, encoder.Settings, cancellationToken) is { } known
                ? await CheckAsync(progress, known, hash, cancellationToken)
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

    /// <summary>Known is whole only where every owner says so; what is lost is made and put again.</summary>
    private async Task<ImportResult> CheckAsync(
        SourceProgress progress, KnownTrack known, byte[] hash, CancellationToken cancellationToken)
    {
        var source = progress.Source;
        var missing = new List<MissingCopy>();
        foreach (var file in known.Files)
            missing.AddRange(await store.FindMissingAsync(file, cancellationToken));

        if (missing.Count == 0)
            return ImportResult.Known(source, known.Track);

        // Those who do not answer would not take anything either.
        if (missing.TrueForAll(static copy => copy.IsSilent))
            return ImportResult.Incomplete(source, known.Track, missing);

        try
        {
            var put = await ImportAsync(progress, hash, cancellationToken);
            return put.Missing.Count == 0 ? put with { Status = ImportStatus.Restored } : put;
        }
        catch (StoreException failed) when (failed is not NoSpaceException)
        {
            var result = ImportResult.Incomplete(source, known.Track, missing);
            return result with { Problems = [.. result.Problems, failed.Message] };
        }
    }

    private async Task<ImportResult> ImportAsync(
        SourceProgress progress, byte[] hash, CancellationToken cancellationToken)
    {
        var source = progress.Source;
        var (facts, decoded, cover) =
            await OnCoreAsync(() => ReadAsync(progress, cancellationToken), cancellationToken);
        using (decoded)
        {
            var stored = await Task.WhenAll(
                EncoderSettings.BitsPerSecond.Select(rate => StoreAsync(decoded, rate, progress, cancellationToken)));
            MissingCopy[] missing = [.. stored.SelectMany(static file => file.Missing)];
            var request = new AddTrackRequest
            {
                SourceHash = ByteString.CopyFrom(hash),
                Encoder = encoder.Settings,
                SourceName = Path.GetFileName(source.Name),
                Track = decoded.Pcm.Track.ToString(),
                Tags = CatalogueTags.Of(facts.Tags),
                Files = { stored.Select(static file => file.File) },
                Loudness = decoded.Loudness.Integrated,
                Peak = decoded.Loudness.TruePeak,
                Cover = cover,
            };
            await librarian.AddTrackAsync(request, cancellationToken);
            var warnings = facts.HasPicture && cover is null
                ? [.. decoded.Warnings, "its cover is damaged or too large and was left out"]
                : decoded.Warnings;
            return new ImportResult(
                source,
                missing.Length == 0 ? ImportStatus.Imported : ImportStatus.Incomplete,
                request.Track,
                facts.Tags.Title,
                decoded.Pcm.Duration,
                [.. warnings, .. MissingCopy.Describe(missing)])
            {
                Missing = missing, Detail = decoded.Detail,
            };
        }
    }

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
        DecodedSource decoded, int bitsPerSecond, SourceProgress progress, CancellationToken cancellationToken)
    {
        using var file = await OnCoreAsync(
            () => Task.Run(
                () => encoder.Encode(decoded.Pcm, bitsPerSecond, progress, cancellationToken), cancellationToken),
            cancellationToken);
        var key = await librarian.DeriveKeyAsync(file.PlaintextHash, cancellationToken);
        var manifest = FileSealer.Seal(file, key, decoded.Pcm, decoded.Loudness);
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

    private static async Task<byte[]> HashAsync(SourceFile source, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(
            source.Path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.Read,
            bufferSize: 1,
            FileOptions.Asynchronous | FileOptions.SequentialScan);
        return await SHA256.HashDataAsync(file, cancellationToken);
    }
}
