using Grpc.Core;
using SpotifyCore.Client.Offline;
using SpotifyCore.Client.Running;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Core;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Client.Access;

/// <summary>
/// Opens the tracks that the core fetches to be kept, and ends their files. Called on the loop; asks and writes off it, and
/// comes back as work.
/// </summary>
/// <param name="link">The access point.</param>
/// <param name="library">Where the files go.</param>
/// <param name="finder">Understands what the access point says.</param>
/// <param name="context">The loop.</param>
/// <param name="runtime">Takes the answers.</param>
internal sealed class OfflineKeeping(
    AccessPointClient link, OfflineLibrary library, TrackFinder finder, LoopContext context, ClientRuntime runtime)
    : IKeptStore
{
    private readonly Dictionary<PlayId, (TrackId Track, FileId? File)> _open = [];

    /// <summary>What is coming, first come first; on the loop.</summary>
    public (TrackId Track, FileId? File)? Current => _open.Count == 0 ? null : _open.MaxBy(static open => open.Key.Value).Value;

    /// <inheritdoc/>
    public void Open(in OpenKept opening)
    {
        var (keeping, track) = opening;
        _open[keeping] = (track, null);
        context.Background.Run(() => OpenAsync(keeping, track));
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(ChunkId chunk, ReadOnlyMemory<byte> sealedChunk) =>
        library.Files.WriteAsync(chunk, sealedChunk);

    /// <inheritdoc/>
    public void NoteFailed(PlayId keeping, string reason)
    {
        if (_open.TryGetValue(keeping, out var open))
            library.NoteProblem(open.Track, $"It can't be written: {reason}");
    }

    /// <inheritdoc/>
    public void End(in EndKeeping ended)
    {
        var (keeping, isWhole) = ended;
        if (!_open.Remove(keeping, out var open) || open.File is not { } file)
            return;

        context.Background.Run(() =>
        {
            if (isWhole)
                context.Loop.Post(runtime, new KeepingEnded(keeping, TryComplete(open.Track, file)));
            else
                library.Files.Pause(file);

            return Task.CompletedTask;
        });
    }

    private bool TryComplete(TrackId track, FileId file)
    {
        try
        {
            library.Files.Complete(file);
            return library.IsKept(track);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            ClientLog.OfflineFailed(context.Logger, failure.Message);
            library.NoteProblem(track, $"It can't be written: {failure.Message}");
            return false;
        }
    }

    private async Task OpenAsync(PlayId keeping, TrackId track)
    {
        try
        {
            var request = new OpenKeptTrackRequest { Track = track.ToString(), BitsPerSecond = finder.BitsPerSecond };
            var message = await link.CallOfflineAsync((calls, options) => calls.OpenKeptTrackAsync(request, options));
            if (finder.Understand(message, track) is { } understood)
                await BeginAsync(keeping, track, message, understood.Core);
            else
                Refuse(keeping, track, DeliveryFailure.UnknownTrack, "What the access point says of it can't be understood.");
        }
        catch (RpcException refused)
        {
            var failure = refused.StatusCode == StatusCode.FailedPrecondition
                ? DeliveryFailure.NotAllowed
                : OpenRefusal.Of(refused).Failure;
            var isOver = failure is DeliveryFailure.NotAllowed or DeliveryFailure.UnknownTrack;
            Refuse(keeping, track, failure, isOver ? refused.Reason() : "");
        }
        catch (ObjectDisposedException)
        {
            Refuse(keeping, track, DeliveryFailure.AccessPointUnreachable, "");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Refuse(keeping, track, DeliveryFailure.NotAllowed, $"It can't be written: {failure.Message}");
        }
    }

    private async Task BeginAsync(PlayId keeping, TrackId track, Contracts.OpenedTrack message, Core.Events.OpenedTrack opened)
    {
        var manifest = opened.Manifest;
        if (library.Files.IsComing(manifest.File))
        {
            // It is the sound of another track too, which brings it.
            Refuse(keeping, track, DeliveryFailure.NoSource, "");
            return;
        }

        var more = library.Files.Holds(manifest.File) ? 0 : manifest.Length;
        if (library.Room.Refusal(library.Files.Bytes, more) is { Length: > 0 } full)
        {
            Refuse(keeping, track, DeliveryFailure.NotAllowed, full);
            return;
        }

        var present = await library.Files.BeginAsync(manifest);
        try
        {
            if (!library.NoteOpened(track, message))
            {
                Refuse(keeping, track, DeliveryFailure.NotAllowed, "");
                return;
            }
        }
        catch
        {
            library.Files.Pause(manifest.File);
            throw;
        }

        context.Loop.Post(new ActionWorkItem(() => Began(keeping, track, new KeptOpened(keeping, opened, present))));
    }

    private void Began(PlayId keeping, TrackId track, in KeptOpened opened)
    {
        var file = opened.Track.Manifest.File;
        if (_open.ContainsKey(keeping))
            _open[keeping] = (track, file);
        else
            context.Background.Run(() =>
            {
                library.Files.Pause(file);
                return Task.CompletedTask;
            });

        runtime.Raise(opened);
    }

    private void Refuse(PlayId keeping, TrackId track, DeliveryFailure failure, string problem)
    {
        if (problem.Length > 0)
            library.NoteProblem(track, problem);

        context.Loop.Post(new ActionWorkItem(() =>
        {
            _open.Remove(keeping);
            runtime.Raise(new KeptFailed(keeping, failure));
        }));
    }
}
