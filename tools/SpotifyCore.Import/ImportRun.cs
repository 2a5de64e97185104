using Grpc.Core;
using SpotifyCore.Codec.Opus;
using SpotifyCore.CommandLine;
using SpotifyCore.Content.Text;
using SpotifyCore.Contracts.Login;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Import.Encoding;
using SpotifyCore.Import.Masters;
using SpotifyCore.Import.Running;
using SpotifyCore.Import.Sources;
using SpotifyCore.Import.Watching;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Import;

/// <summary>One run of the tool: what it is made of, and what it exits with.</summary>
internal static class ImportRun
{
    private const int Failed = 1;
    private const int Misused = CommandProgram.Misused;
    private const int CopiesMissing = 3;
    private const int Interrupted = CommandProgram.Interrupted;

    // Named where there is nothing else to import.
    private const int MostRefused = 20;

    public static async Task<int> RunAsync(ImportOptions options, CancellationToken cancellationToken)
    {
        try
        {
            using var signals = options.IsWatching ? new FolderSignals(FolderOf(options)) : null;
            var sources = options.IsVerify ? [] : SourceFinder.Find(options.Folder, cancellationToken);
            if (!options.IsVerify && signals is null && sources.All(static source => source.Refusal is not null))
                return ComplainOfNothing(options.Folder, sources);

            if (await PasswordInput.ReadAsync(cancellationToken) is not { Length: > 0 } password)
                return Complain("no password was given", Misused);

            using var identity = NodeIdentity.Create();
            var address = new AccessPointAddress(options.AccessPoint, options.ServerId, options.Name, password);
            await using var librarian =
                await LibrarianClient.LogInAsync(address, identity, TimeProvider.System, cancellationToken);
            await using var store = new MasterStore(
                CreateTransport(options, identity),
                await librarian.GetMastersAsync(cancellationToken),
                librarian.GetTicketAsync,
                TimeProvider.System);
            if (options.IsVerify)
                return await VerifyAsync(options, librarian, store, cancellationToken);

            return await ImportAsync(options, new FoundSources(sources, signals), librarian, store, cancellationToken);
        }
        catch (DirectoryNotFoundException)
        {
            var why = Path.GetFullPath(options.Folder).Contains(SourceFinder.NoLetter, StringComparison.Ordinal)
                ? "; of one whose path is not UTF-8 nothing can be imported: rename it"
                : "";
            return Complain($"there is no folder '{options.Folder}'{why}", Misused);
        }
        catch (Exception stopped) when (cancellationToken.IsCancellationRequested && IsCalledOff(stopped))
        {
            return Complain("interrupted", Interrupted);
        }
        catch (RpcException away) when (away.IsLocal() || away.StatusCode == StatusCode.DeadlineExceeded)
        {
            return Complain($"the access point at {options.AccessPoint} does not answer: {away.Reason()}", Failed);
        }
        catch (Exception wrong) when (wrong is RpcException or StoreException or IOException or ArgumentException
            or InvalidOperationException or DllNotFoundException or UnauthorizedAccessException)
        {
            return Complain(CallFailure.ReasonOf(wrong), Failed);
        }
    }

    private static async Task<int> ImportAsync(
        ImportOptions options,
        FoundSources sources,
        LibrarianClient librarian,
        MasterStore store,
        CancellationToken cancellationToken)
    {
        var taken = sources.Signals is null ? [] : FolderWatch.StampsOf(sources.Found);
        using var scratch = new Scratch();
        using var cores = new SemaphoreSlim(options.Jobs);
        using var log = options.LogFile is { } file ? new StreamWriter(file) : StreamWriter.Null;
        var encoder = new TrackEncoder(OpusCodecs.Select(options.Codec), scratch);
        if (OpusCodecs.NoticeOf(options.Codec) is { } notice)
            await Console.Error.WriteLineAsync($"spotifycore-import: {notice}");

        var import = new TrackImport(librarian, store, encoder, scratch, cores)
        {
            MayRestore = options.MayRestore, Advert = options.Advert,
        };
        var folder = new FolderImport(options, librarian, import, log);
        var totals = await folder.RunAsync(sources.Found, cancellationToken);
        if (totals.Stopped is { } reason)
            return Complain($"{reason}; {totals.Files - totals.Done} sources are left for another run", Failed);

        if (totals.Done < totals.Files)
            return Interrupted;

        if (sources.Signals is { } signals)
        {
            foreach (var path in totals.ToRetry)
                taken.Remove(path);

            return await WatchAsync(folder.WatchAsync(signals, taken, cancellationToken), cancellationToken);
        }

        return totals.Failed > 0 ? Failed : totals.Incomplete > 0 ? CopiesMissing : 0;
    }

    private static async Task<int> WatchAsync(Task watching, CancellationToken cancellationToken)
    {
        try
        {
            await watching;
        }
        catch (Exception ended) when (cancellationToken.IsCancellationRequested && IsCalledOff(ended))
        {
            // That is how it is to end.
        }

        return 0;
    }

    private static string FolderOf(ImportOptions options) => Directory.Exists(options.Folder)
        ? options.Folder
        : throw new DirectoryNotFoundException();

    private static async Task<int> VerifyAsync(
        ImportOptions options, LibrarianClient librarian, MasterStore store, CancellationToken cancellationToken)
    {
        var check = new CopyCheck(store, Console.Out, options.IsJson);
        return await check.RunAsync(librarian.ListFilesAsync(cancellationToken), cancellationToken) > 0
            ? CopiesMissing
            : 0;
    }

    private static ITransport CreateTransport(ImportOptions options, NodeIdentity identity) => options.IsPlain
        ? new TcpTransport(new TransportOptions())
        : new TlsTransport(identity, new TransportOptions(), TimeProvider.System);

    private static int ComplainOfNothing(string folder, IReadOnlyList<SourceFile> refused)
    {
        foreach (var source in refused.Take(MostRefused))
            Console.Error.WriteLine($"{PlainText.Of(source.Name)}: {source.Refusal}");

        if (refused.Count > MostRefused)
            Console.Error.WriteLine($"and {refused.Count - MostRefused} more");

        return Complain($"there is no music in '{folder}': no file ends in .flac, .mp3 or the like", Misused);
    }

    private static bool IsCalledOff(Exception stopped) =>
        stopped is OperationCanceledException || (stopped is RpcException call && call.IsCalledOff());

    private static int Complain(string reason, int exitCode)
    {
        Console.Error.WriteLine($"spotifycore-import: {reason}");
        return exitCode;
    }
}
